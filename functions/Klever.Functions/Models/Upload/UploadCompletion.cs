using Klever.Functions.Access;
using Klever.Models;
using Klever.Oci.Ormb.Archives;

namespace Klever.Functions.Models.Upload;

/// <summary>Ends an upload whose chunks are all there. Whoever is asked takes the work, or waits for who has it, or takes it over
/// from a process that died; so there is one model, whichever replica falls.</summary>
internal sealed partial class UploadCompletion(
    UploadSessions sessions,
    UploadLease lease,
    ModelAssembly assembly,
    StagedChunks staged,
    IHostApplicationLifetime lifetime,
    ILogger<UploadCompletion> logger)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(300);

    /// <exception cref="UploadException">The upload was refused, here or elsewhere.</exception>
    public async Task<UploadResult> CompleteAsync(
        string key, string id, CallerRegistry caller, ModelReference target, CancellationToken cancellationToken)
    {
        var worker = Guid.NewGuid().ToString("N");
        while (true)
        {
            var state = await sessions.FindAsync(key, cancellationToken);
            if (state?.Previous?.Id == id)
            {
                return state.Previous.Result;
            }

            if (Ended(state?.Id == id ? state : null) is { } result)
            {
                return result;
            }

            if (await sessions.TryWorkAsync(key, worker, cancellationToken))
            {
                // A caller who hangs up does not end it: others may wait, and the next try would have to begin anew.
                return await Task.Run(() => WorkAsync(key, worker, caller, target), CancellationToken.None).WaitAsync(cancellationToken);
            }

            await Task.Delay(Look, cancellationToken);
        }
    }

    private static UploadResult? Ended(UploadState? state) => state switch
    {
        null => throw new UploadException(StatusCodes.Status409Conflict, "The upload was given up meanwhile; begin anew."),
        { Failure: { } failure } => throw new UploadException(failure.Status, failure.Message),
        { Result: { } result } => result,
        { IsComplete: false } => throw new UploadException(
            StatusCodes.Status409Conflict,
            $"The registry no longer has bytes {string.Join(", ", state.Missing().Take(3).Select(range => $"{range.From}-{range.To}"))} of {state.Total}; send them again."),
        _ => null,
    };

    private async Task<UploadResult> WorkAsync(string key, string worker, CallerRegistry caller, ModelReference target)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStopping);
        var alive = lease.KeepAsync(key, worker, stop);
        try
        {
            var state = await RequireAllAsync(key, worker, caller, target, stop.Token);
            var pieces = StagedChunks.Pieces(caller.Registry.Repository(target.Repository), state.Chunks);
            return await FinishAsync(key, worker, caller, target, pieces, state, stop.Token);
        }
        catch (Exception exception) when (UploadProblems.Of(exception) is null)
        {
            await sessions.ReleaseAsync(key, worker, [], CancellationToken.None);
            throw;
        }
        finally
        {
            await stop.CancelAsync();
            await alive;
        }
    }

    private async Task<UploadResult> FinishAsync(
        string key, string worker, CallerRegistry caller, ModelReference target, IReadOnlyList<BlobPiece> pieces, UploadState state, CancellationToken cancellationToken)
    {
        try
        {
            var form = state.Form is null ? UploadForm.Empty : UploadForm.Parse(state.Form);
            var result = await assembly.RunAsync(caller, target, pieces, form, cancellationToken);
            await sessions.EndAsync(key, worker, result, failure: null, CancellationToken.None);
            await staged.DeleteAsync(caller, pieces, CancellationToken.None);
            LogUploaded(logger, result.Reference, result.Digest, result.Size);
            return result;
        }
        catch (Exception exception) when (UploadProblems.Of(exception) is { } problem)
        {
            await sessions.EndAsync(key, worker, result: null, new UploadFailure(problem.Status, problem.Message), CancellationToken.None);
            await staged.DeleteAsync(caller, pieces, CancellationToken.None);
            throw problem;
        }
    }

    private async Task<UploadState> RequireAllAsync(
        string key, string worker, CallerRegistry caller, ModelReference target, CancellationToken cancellationToken)
    {
        var state = await sessions.FindAsync(key, cancellationToken);
        var lost = state is null ? [] : await StagedChunks.LostAsync(caller.Registry.Repository(target.Repository), state.Chunks, cancellationToken);
        if (lost.Count > 0)
        {
            await sessions.ReleaseAsync(key, worker, lost, cancellationToken);
            state = await sessions.FindAsync(key, cancellationToken);
        }

        return Ended(state) is null ? state! : throw new UploadException(StatusCodes.Status409Conflict, "The upload has ended already.");
    }

    [LoggerMessage(EventId = 1602, Level = LogLevel.Information, Message = "Uploaded {Reference}@{Digest}, {Size} bytes")]
    private static partial void LogUploaded(ILogger logger, string reference, string digest, long size);
}
