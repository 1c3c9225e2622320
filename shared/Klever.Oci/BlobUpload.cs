using System.IO.Pipelines;
using System.Net;
using Klever.Models;
using Klever.Oci.Transport;

namespace Klever.Oci;

/// <summary>A blob being pushed while it is made: what is written travels at once, and is counted and hashed on the way. Ends
/// with <see cref="CompleteAsync"/>; disposed before that, the upload is given up.</summary>
/// <remarks>All data goes in one PATCH and the closing PUT is empty, because Harbor counts a project's quota either from the one
/// or from the other. Nothing is kept, so an upload that breaks has to be begun anew by whoever has the content.</remarks>
#pragma warning disable CA1710 // An upload that is written to; "stream" would say less.
public sealed class BlobUpload : Stream
#pragma warning restore CA1710
{
    private const int MiB = 1024 * 1024;
    private static readonly PipeOptions PipeOptions = new(
        pauseWriterThreshold: 2 * MiB,
        resumeWriterThreshold: MiB,
        minimumSegmentSize: OciLimits.TransferBufferBytes,
        useSynchronizationContext: false);

    private readonly RepositoryClient _repository;
    private readonly RegistryTransport _transport;
    private readonly IReadOnlyList<string> _scopes;
    private readonly Pipe _pipe = new(PipeOptions);
    private readonly ContentHash _hash = new("sha256");
    private readonly CancellationTokenSource _abort = new();
    private Uri _location;
    private Task<Uri>? _sending;
    private bool _completed;
    private bool _disposed;

    internal BlobUpload(RepositoryClient repository, RegistryTransport transport, Uri location, IReadOnlyList<string> scopes) =>
        (_repository, _transport, _location, _scopes) = (repository, transport, location, scopes);

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => !_completed && !_disposed;

    /// <summary>Bytes written so far.</summary>
    public override long Length => _hash.Length;

    public override long Position
    {
        get => _hash.Length;
        set => throw new NotSupportedException();
    }

    /// <summary>Closes the upload and gives what was pushed.</summary>
    /// <exception cref="RegistryException">The registry refused it, or the connection broke: begin a new upload.</exception>
    public async Task<Descriptor> CompleteAsync(string mediaType, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed || _completed, this);
        await _pipe.Writer.CompleteAsync();
        if (_sending is not null)
        {
            _location = await _sending.WaitAsync(cancellationToken);
        }

        var descriptor = new Descriptor(mediaType, _hash.Finish(), _hash.Length);
        await CloseAsync(descriptor.Digest, cancellationToken);
        _completed = true;
        return descriptor;
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        for (var rest = buffer; rest.Length > 0;)
        {
            var count = Append(rest);
            rest = rest[count..];
            var flush = FlushWhenFullAsync(CancellationToken.None);
            if (!flush.IsCompletedSuccessfully)
            {
                flush.AsTask().GetAwaiter().GetResult();
            }
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        for (var rest = buffer; rest.Length > 0;)
        {
            var count = Append(rest.Span);
            rest = rest[count..];
            await FlushWhenFullAsync(cancellationToken);
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Does nothing: what is written travels when a buffer is full.</summary>
    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        if (!_disposed)
        {
            _disposed = true;
            await AbandonAsync();
            _hash.Dispose();
            _abort.Dispose();
        }

        await base.DisposeAsync();
    }

    internal static Uri WithDigest(Uri location, Digest digest)
    {
        var parameter = $"digest={Uri.EscapeDataString(digest.ToString())}";
        return new UriBuilder(location) { Query = location.Query.Length > 1 ? $"{location.Query[1..]}&{parameter}" : parameter }.Uri;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            DisposeAsync().AsTask().GetAwaiter().GetResult();
        }

        base.Dispose(disposing);
    }

    private int Append(ReadOnlySpan<byte> content)
    {
        ObjectDisposedException.ThrowIf(_disposed || _completed, this);
        _sending ??= SendAsync();
        var target = _pipe.Writer.GetSpan();
        var count = Math.Min(target.Length, content.Length);
        content[..count].CopyTo(target);
        _pipe.Writer.Advance(count);
        _hash.Append(content[..count]);
        return count;
    }

    private async ValueTask FlushWhenFullAsync(CancellationToken cancellationToken)
    {
        // Once the registry has ended the upload, the pipe drops what is written without a word.
        if (_pipe.Writer.UnflushedBytes < OciLimits.TransferBufferBytes && !_sending!.IsCompleted)
        {
            return;
        }

        var result = await _pipe.Writer.FlushAsync(cancellationToken);
        if (result.IsCompleted)
        {
            await _sending!; // It ended before the content did: this throws why.
            throw new IOException("the registry ended the upload before its content was sent.");
        }
    }

    private async Task<Uri> SendAsync()
    {
        var content = new PipeContent(_pipe.Reader);
        try
        {
            var request = new RegistryRequest
            {
                Method = HttpMethod.Patch,
                Uri = _location,
                Scopes = _scopes,
                Body = () => content,
                ExpectContinue = true,
                Attempts = 1,
                CanSend = () => !content.Started,
            };
            using var response = await _transport.SendAsync(request, _abort.Token, HttpStatusCode.Accepted, HttpStatusCode.NoContent);
            return LocationRules.Resolve(
                HttpMethod.Patch, _location, RegistryTransport.Header(response, "Location"), _transport.Options.Address);
        }
        finally
        {
            await _pipe.Reader.CompleteAsync();
        }
    }

    // The answer to a closing PUT may be lost after the registry did its part; then the blob is there.
    private async Task CloseAsync(Digest digest, CancellationToken cancellationToken)
    {
        var request = new RegistryRequest
        {
            Method = HttpMethod.Put,
            Uri = WithDigest(_location, digest),
            Scopes = _scopes,
            Body = RepositoryClient.EmptyBody,
        };
        try
        {
            using var response = await _transport.SendAsync(request, cancellationToken, HttpStatusCode.Created, HttpStatusCode.NoContent);
        }
        catch (RegistryException exception) when (exception.IsTransient || exception.IsNotFound)
        {
            if (!await _repository.BlobExistsAsync(digest, cancellationToken))
            {
                throw;
            }
        }
    }

    private async Task AbandonAsync()
    {
        if (_completed)
        {
            return;
        }

        await _abort.CancelAsync();
        await _pipe.Writer.CompleteAsync();
        if (_sending is not null)
        {
            await _sending.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        await _repository.CancelUploadAsync(_location);
    }
}
