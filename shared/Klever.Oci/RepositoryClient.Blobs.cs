using System.Net;
using Klever.Models;
using Klever.Oci.Transport;

namespace Klever.Oci;

public sealed partial class RepositoryClient
{
    /// <summary>Opens a blob. Size and digest are checked while it is read: a stream that gave its last byte was the right
    /// one, and one that is left earlier was not checked. Broken connections are mended.</summary>
    public async Task<Stream> FetchBlobAsync(Descriptor descriptor, CancellationToken cancellationToken = default)
    {
        var request = Pull(HttpMethod.Get, BlobUri(descriptor.Digest));
        var source = new BlobSource(_transport, request, descriptor);
        var first = await source.OpenAsync(position: 0, cancellationToken);
        return new BlobStream(source, first);
    }

    /// <summary>A piece of a blob, without checking what cannot be checked of a piece: its digest. Opened when it is first read;
    /// synchronous, so read it on a thread that may block. Broken connections are mended.</summary>
    public Stream OpenBlobRange(Descriptor descriptor, long position, long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(position + length, descriptor.Size);
        var request = Pull(HttpMethod.Get, BlobUri(descriptor.Digest));
        return new BlobRangeStream(new BlobSource(_transport, request, descriptor, position + length), position, length);
    }

    /// <summary>Takes a blob out of this repository; other repositories keep theirs. False when it is not there, or the registry or
    /// the account does not delete: then it stays until the registry collects what no manifest names.</summary>
    public async Task<bool> TryDeleteBlobAsync(Digest digest, CancellationToken cancellationToken = default)
    {
        var request = new RegistryRequest
        {
            Method = HttpMethod.Delete,
            Uri = BlobUri(digest),
            Scopes = [$"repository:{Name}:delete,pull"],
            Attempts = 1,
        };
        try
        {
            using var response = await _transport.SendAsync(request, cancellationToken, HttpStatusCode.Accepted, HttpStatusCode.OK);
            return true;
        }
        catch (RegistryException)
        {
            return false;
        }
    }

    /// <summary>A small blob as a whole, such as a config.</summary>
    public async Task<byte[]> FetchBlobBytesAsync(
        Descriptor descriptor, int maximum = OciLimits.MaximumConfigBytes, CancellationToken cancellationToken = default)
    {
        if (descriptor.Size > maximum)
        {
            throw new OciContentException(
                OciContentProblem.TooLarge, $"the blob {descriptor} has more than {maximum} bytes, which is the most that is read here.");
        }

        await using var stream = await FetchBlobAsync(descriptor, cancellationToken);
        var content = new byte[descriptor.Size];
        await stream.ReadExactlyAsync(content, cancellationToken);
        return await stream.ReadAsync(new byte[1], cancellationToken) == 0
            ? content
            : throw new OciContentException(OciContentProblem.SizeMismatch, $"the blob {descriptor} goes on after its end.");
    }

    public Task<bool> BlobExistsAsync(Digest digest, CancellationToken cancellationToken = default) =>
        ExistsAsync(Pull(HttpMethod.Head, BlobUri(digest)), cancellationToken);

    /// <summary>Pushes a small blob, unless it is there.</summary>
    public async Task<Descriptor> PushBlobAsync(
        ReadOnlyMemory<byte> content, string mediaType, CancellationToken cancellationToken = default)
    {
        var descriptor = Descriptor.Of(mediaType, content.Span);
        await PushAsync(descriptor, () => new ReadOnlyMemoryContent(content), cancellationToken);
        return descriptor;
    }

    /// <summary>Pushes a blob whose digest and size are known, unless it is there. <paramref name="open"/> is asked for the
    /// content again when an attempt fails.</summary>
    public Task PushBlobAsync(
        Descriptor descriptor, Func<CancellationToken, Task<Stream>> open, CancellationToken cancellationToken = default) =>
        PushAsync(descriptor, () => new BlobContent(descriptor.Size, open), cancellationToken);

    /// <summary>Begins to push a blob whose digest and length show only at its end, so that it need not be held anywhere.</summary>
    public async Task<BlobUpload> OpenUploadAsync(CancellationToken cancellationToken = default) =>
        new(this, _transport, await StartUploadAsync(cancellationToken), _push);

    /// <summary>Takes a blob over from another repository of the registry without moving it. False when the registry would not:
    /// then push it.</summary>
    public async Task<bool> MountAsync(Digest digest, string fromRepository, CancellationToken cancellationToken = default)
    {
        var query = $"?mount={Uri.EscapeDataString(digest.ToString())}&from={Uri.EscapeDataString(fromRepository)}";
        var request = Push(HttpMethod.Post, UploadsUri(query)) with
        {
            Scopes = [.. _push, $"repository:{fromRepository}:pull"],
            Body = EmptyBody,
        };

        // Harbor answers 401 when the other repository may not be read, where others begin an ordinary upload (202).
        using var response = await _transport.SendAsync(
            request, cancellationToken, HttpStatusCode.Created, HttpStatusCode.Accepted, HttpStatusCode.Unauthorized, HttpStatusCode.NotFound);
        if (response.StatusCode == HttpStatusCode.Accepted)
        {
            await CancelUploadAsync(Location(response, HttpMethod.Post));
        }

        return response.StatusCode == HttpStatusCode.Created;
    }

    internal static HttpContent EmptyBody() => new ByteArrayContent([]);

    /// <summary>Gives an upload up; the registry would also forget it by itself, later.</summary>
    internal async Task CancelUploadAsync(Uri location)
    {
        using var timeout = new CancellationTokenSource(OciLimits.CancelTimeout);
        try
        {
            using var response = await _transport.SendAsync(
                Push(HttpMethod.Delete, location) with { Attempts = 1 },
                timeout.Token,
                HttpStatusCode.NoContent,
                HttpStatusCode.Accepted,
                HttpStatusCode.OK);
        }
        catch (Exception exception) when (exception is RegistryException or OperationCanceledException)
        {
        }
    }

    private async Task<Uri> StartUploadAsync(CancellationToken cancellationToken)
    {
        var request = Push(HttpMethod.Post, UploadsUri()) with { Body = EmptyBody };
        using var response = await _transport.SendAsync(request, cancellationToken, HttpStatusCode.Accepted);
        return Location(response, HttpMethod.Post);
    }

    private async Task PushAsync(Descriptor descriptor, Func<HttpContent> body, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await BlobExistsAsync(descriptor.Digest, cancellationToken))
            {
                return;
            }

            try
            {
                await PutBlobAsync(descriptor, body, cancellationToken);
                return;
            }
            catch (RegistryException exception) when (IsWorthRestarting(exception) && attempt < OciLimits.MaximumAttempts)
            {
                await RetrySchedule.WaitAsync(attempt, _transport.Options.Time, cancellationToken);
            }
        }
    }

    // A failed upload leaves a session in an unknown state, so it is begun anew rather than sent again.
    private async Task PutBlobAsync(Descriptor descriptor, Func<HttpContent> body, CancellationToken cancellationToken)
    {
        var location = await StartUploadAsync(cancellationToken);
        var request = Push(HttpMethod.Put, BlobUpload.WithDigest(location, descriptor.Digest)) with
        {
            Attempts = 1,
            Body = body,
            ExpectContinue = descriptor.Size > OciLimits.TransferBufferBytes,
        };
        using var response = await _transport.SendAsync(request, cancellationToken, HttpStatusCode.Created, HttpStatusCode.NoContent);
    }

    private static bool IsWorthRestarting(RegistryException exception) =>
        (exception.IsTransient && !exception.IsReadOnly) || exception.Has("BLOB_UPLOAD_INVALID") || exception.Has("BLOB_UPLOAD_UNKNOWN");
}
