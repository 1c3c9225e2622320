using System.Text.Json;
using Klever.Functions.Hosting;
using Klever.State;

namespace Klever.Functions.Models.Upload;

/// <summary>Uploads in the state store. Every change is made on what was just read and saved only if nobody was faster, so any
/// replica may take any chunk.</summary>
internal sealed class UploadSessions(IStateStore store, UploadSettings settings, TimeProvider clock)
{
    /// <summary>How long a worker is believed in without a sign of life.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);

    /// <summary>How long the end of an upload is remembered.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromMinutes(15);

    private const int MaximumAttempts = 200;
    private const int LongestPause = 40;

    public async Task<UploadState?> FindAsync(string key, CancellationToken cancellationToken) =>
        Parse(await store.GetAsync(key, cancellationToken));

    /// <summary>The upload that a chunk belongs to; begun when there is none, or the last one has ended.</summary>
    /// <exception cref="UploadException">The chunk does not fit to the others.</exception>
    public async Task<UploadState> OpenAsync(string key, ChunkRange range, CancellationToken cancellationToken) =>
        (await ChangeAsync(key, state => Fitting(state, range, content: null), cancellationToken))!;

    /// <summary>Notes that a chunk is in the registry.</summary>
    /// <exception cref="UploadException">The chunk does not fit to the others.</exception>
    public async Task<UploadState> AddAsync(
        string key, ChunkRange range, UploadChunk chunk, UploadForm form, CancellationToken cancellationToken) =>
        (await ChangeAsync(
            key,
            state => Fitting(state, range, chunk.Content).With(chunk) with { Form = form == UploadForm.Empty ? state?.Form : form.ToJson() },
            cancellationToken))!;

    /// <summary>Takes the work on a complete upload, or renews it. False when somebody else has it, or it has ended.</summary>
    public async Task<bool> TryWorkAsync(string key, string worker, CancellationToken cancellationToken)
    {
        var state = await ChangeAsync(
            key, state => state is { IsComplete: true, HasEnded: false } && IsFree(state, worker)
                ? state with { Work = new UploadWork(worker, clock.GetUtcNow() + Lease) }
                : state,
            cancellationToken);
        return state?.Work?.Worker == worker && !state.HasEnded;
    }

    /// <summary>Notes the end, if this worker still has the work.</summary>
    public Task EndAsync(string key, string worker, UploadResult? result, UploadFailure? failure, CancellationToken cancellationToken) =>
        ChangeAsync(
            key, state => state?.Work?.Worker == worker ? state with { Work = null, Result = result, Failure = failure } : state, cancellationToken);

    /// <summary>Gives the work back: what failed may go well another time.</summary>
    /// <param name="lost">Chunks that the registry no longer has; they are asked for again.</param>
    public Task ReleaseAsync(string key, string worker, IReadOnlyList<UploadChunk> lost, CancellationToken cancellationToken) => ChangeAsync(
        key,
        state => state?.Work?.Worker == worker ? state with { Work = null, Chunks = [.. state.Chunks.Except(lost)] } : state,
        cancellationToken);

    /// <summary>Forgets an upload, and gives what it was.</summary>
    public async Task<UploadState?> DropAsync(string key, CancellationToken cancellationToken)
    {
        var state = await FindAsync(key, cancellationToken);
        await store.TryDeleteAsync(key, cancellationToken: cancellationToken);
        return state;
    }

    private static UploadState Fitting(UploadState? state, ChunkRange range, string? content)
    {
        var current = state switch
        {
            null => New(range.Total, previous: null),
            { Result: { } result } => New(range.Total, FinishedUpload.Of(state, result)),
            { Failure: not null } => New(range.Total, previous: null),
            _ => state,
        };
        return current.Conflict(range, content) is { } problem
            ? throw new UploadException(
                StatusCodes.Status409Conflict,
                $"This does not fit to the upload under way: {problem}. DELETE this URL to give that one up.")
            : current;
    }

    private static UploadState New(long total, FinishedUpload? previous) =>
        new() { Id = Convert.ToHexStringLower(Guid.NewGuid().ToByteArray()), Total = total, Previous = previous };

    private bool IsFree(UploadState state, string worker) =>
        state.Work is not { } work || work.Worker == worker || work.Until < clock.GetUtcNow();

    private async Task<UploadState?> ChangeAsync(
        string key, Func<UploadState?, UploadState?> change, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= MaximumAttempts; attempt++)
        {
            var entry = await store.GetAsync(key, cancellationToken);
            var present = Parse(entry);
            var changed = change(present);
            if (changed is null || changed == present)
            {
                return changed;
            }

            var value = JsonSerializer.SerializeToUtf8Bytes(changed, UploadJson.Default.UploadState);
            if (await store.TrySaveAsync(
                key, value, entry?.ETag, changed.HasEnded ? Memory : settings.TimeToLive, cancellationToken))
            {
                return changed;
            }

            await Task.Delay(Random.Shared.Next(1, LongestPause), cancellationToken);
        }

        throw new StateException($"An upload was changed by others {MaximumAttempts} times in a row; try again.");
    }

    private static UploadState? Parse(StateEntry? entry) =>
        entry is null ? null : JsonSerializer.Deserialize(entry.Value.Span, UploadJson.Default.UploadState);
}
