using System.Security.Cryptography;
using System.Text;
using Klever.Functions.Access;
using Klever.Functions.Hosting;
using Klever.Models;
using Klever.Oci;
using Klever.Oci.Ormb.Archives;
using Microsoft.AspNetCore.Http.Features;

namespace Klever.Functions.Models.Upload;

/// <summary>Takes archives, whole or in chunks, from who may push.</summary>
internal sealed class UploadHandler(
    CallerRegistries callers,
    Projects projects,
    IAccess access,
    UploadSessions sessions,
    UploadCompletion completion,
    ModelAssembly assembly,
    StagedChunks staged,
    KleverOptions options)
{
    // Form fields and boundaries around a file.
    private const long FormOverhead = 1024 * 1024;

    private readonly UploadSettings _settings = options.Uploads;

    public async Task<IResult> UploadAsync(HttpContext context, ModelReference target)
    {
        var (request, cancellationToken) = (context.Request, context.RequestAborted);
        var caller = await AdmitAsync(request, target, cancellationToken);
        var range = ChunkRange.Read(request, _settings.MaximumBytes);
        if (range is null && request.ContentLength > _settings.MaximumBytes + FormOverhead)
        {
            throw ChunkRange.TooLarge(request.ContentLength.Value, _settings.MaximumBytes);
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = (range?.Size ?? _settings.MaximumBytes) + FormOverhead;
        }

        return range is null
            ? await TakeWholeAsync(request, caller, target, cancellationToken)
            : await TakeChunkAsync(request, caller, target, range, cancellationToken);
    }

    public async Task<IResult> ProgressAsync(HttpRequest request, ModelReference target, CancellationToken cancellationToken)
    {
        var caller = callers.Of(request);
        await access.RequireAsync(request, target.Repository, Right.Push, cancellationToken);
        return await sessions.FindAsync(Key(request, caller, target), cancellationToken) switch
        {
            null => Problems.Of(StatusCodes.Status404NotFound, $"No upload of {target} is under way for this account."),
            { Failure: { } failure } => Problems.Of(failure.Status, failure.Message),
            { Result: { } result } => TypedResults.Json(result, UploadJson.Default.UploadResult),
            var state => TypedResults.Json(Progress(target, state), UploadJson.Default.UploadProgress),
        };
    }

    public async Task<IResult> GiveUpAsync(HttpRequest request, ModelReference target, CancellationToken cancellationToken)
    {
        var caller = callers.Of(request);
        await access.RequireAsync(request, target.Repository, Right.Push, cancellationToken);
        if (await sessions.DropAsync(Key(request, caller, target), cancellationToken) is { } state)
        {
            await staged.DeleteAsync(
                caller, StagedChunks.Pieces(caller.Registry.Repository(target.Repository), state.Chunks), CancellationToken.None);
        }

        return TypedResults.NoContent();
    }

    private async Task<CallerRegistry> AdmitAsync(HttpRequest request, ModelReference target, CancellationToken cancellationToken)
    {
        var caller = callers.Of(request);
        await projects.EnsureAsync(caller, target.Project, cancellationToken);
        await access.RequireAsync(request, target.Repository, Right.Push, cancellationToken);
        return caller;
    }

    private async Task<IResult> TakeWholeAsync(
        HttpRequest request, CallerRegistry caller, ModelReference target, CancellationToken cancellationToken)
    {
        var repository = caller.Registry.Repository(target.Repository);
        BlobPiece? piece = null;
        try
        {
            var form = await UploadBody.ReadAsync(
                request,
                async body => piece = (await StagedChunks.PutAsync(repository, body, expected: null, _settings.MaximumBytes, cancellationToken)).Piece,
                cancellationToken);
            return Created(await assembly.RunAsync(caller, target, [piece!], form, cancellationToken));
        }
        catch (Exception exception) when (UploadProblems.Of(exception) is { } problem)
        {
            throw problem;
        }
        finally
        {
            await staged.DeleteAsync(caller, piece is null ? [] : [piece], CancellationToken.None);
        }
    }

    private async Task<IResult> TakeChunkAsync(
        HttpRequest request, CallerRegistry caller, ModelReference target, ChunkRange range, CancellationToken cancellationToken)
    {
        var key = Key(request, caller, target);
        await sessions.OpenAsync(key, range, cancellationToken);
        var repository = caller.Registry.Repository(target.Repository);
        UploadChunk? chunk = null;
        UploadState? state = null;
        try
        {
            var form = await UploadBody.ReadAsync(
                request,
                async body =>
                {
                    var put = await StagedChunks.PutAsync(repository, body, range.Size, _settings.MaximumBytes, cancellationToken);
                    chunk = new UploadChunk(range.From, range.Size, put.Content, put.Piece.Blob.Digest.ToString());
                },
                cancellationToken);
            state = await sessions.AddAsync(key, range, chunk!, form, cancellationToken);
        }
        finally
        {
            // One that does not become part of the upload, because it is there already, does not fit or came with a wrong form, is
            // taken out again.
            var isLeftOver = chunk is not null && state?.Chunks.Contains(chunk) != true;
            await staged.DeleteAsync(caller, isLeftOver ? [StagedChunks.Piece(repository, chunk!)] : [], CancellationToken.None);
        }

        return state.IsComplete ? Created(await completion.CompleteAsync(key, state.Id, caller, target, cancellationToken))
            : state.Previous is { } previous && previous.Had(range, chunk!.Content) ? Created(previous.Result)
            : TypedResults.Json(Progress(target, state), UploadJson.Default.UploadProgress, statusCode: StatusCodes.Status201Created);
    }

    // Two people who upload one version at once do not mix their chunks: the last one ready wins, as with any two pushes.
    private static string Key(HttpRequest request, CallerRegistry caller, ModelReference target)
    {
        var who = string.Join('\n', caller.User, request.Headers["X-Tenant"], request.Headers["X-User"]);
        return $"upload/{target}/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(who)).AsSpan(0, 8))}";
    }

    private UploadProgress Progress(ModelReference target, UploadState state) =>
        UploadProgress.Of(target.WithRegistry(options.Registry.Host).ToString(), state);

    private static IResult Created(UploadResult result) =>
        TypedResults.Json(result, UploadJson.Default.UploadResult, statusCode: StatusCodes.Status201Created);
}
