using System.Buffers;
using System.IO.Hashing;
using System.Security.Cryptography;
using Klever.Functions.Access;
using Klever.Models;
using Klever.Oci;
using Klever.Oci.Ormb.Archives;

namespace Klever.Functions.Models.Upload;

/// <summary>Keeps what arrives in the registry until it is a model: blobs without a manifest, in the model's own repository. Some
/// random bytes behind each make its digest one of its own, so that taking it out again cannot touch a layer of equal content.</summary>
internal sealed class StagedChunks(RegistryClient own)
{
    private const string MediaType = "application/octet-stream";
    private const int SaltLength = 16;
    private const int BufferSize = 128 * 1024;
    private const int Concurrency = 8;

    /// <summary>Pushes a body while it arrives. One that is not as long as it should be leaves nothing behind.</summary>
    /// <param name="expected">Bytes that it must have; null for any number up to <paramref name="maximum"/>.</param>
    /// <exception cref="BadHttpRequestException">It breaks off, has another length, or is too long (413).</exception>
    public static async Task<StagedPiece> PutAsync(
        RepositoryClient repository, Stream body, long? expected, long maximum, CancellationToken cancellationToken)
    {
        await using var upload = await repository.OpenUploadAsync(cancellationToken);
        var content = await CopyAsync(body, upload, expected, maximum, cancellationToken);
        var length = upload.Length;
        if (length == 0 || length != (expected ?? length))
        {
            throw length == 0 ? new BadHttpRequestException("The archive is empty.") : OtherLength(expected!.Value, $"{length}");
        }

        return new StagedPiece(await CompleteAsync(repository, upload, cancellationToken), content);
    }

    /// <summary>Ends an upload of what is staged.</summary>
    public static async Task<BlobPiece> CompleteAsync(
        RepositoryClient repository, BlobUpload upload, CancellationToken cancellationToken)
    {
        var length = upload.Length;
        await upload.WriteAsync(RandomNumberGenerator.GetBytes(SaltLength), cancellationToken);
        return new BlobPiece(repository, await upload.CompleteAsync(MediaType, cancellationToken), length);
    }

    /// <summary>The chunks that the registry no longer has: unreferenced blobs are what its garbage collection takes.</summary>
    public static async Task<IReadOnlyList<UploadChunk>> LostAsync(
        RepositoryClient repository, IReadOnlyList<UploadChunk> chunks, CancellationToken cancellationToken)
    {
        var lost = new List<UploadChunk>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(chunks, parallel, async (chunk, token) =>
        {
            if (!await repository.BlobExistsAsync(Digest.Parse(chunk.Digest), token))
            {
                lock (lost)
                {
                    lost.Add(chunk);
                }
            }
        });
        return lost;
    }

    /// <summary>Takes the blobs out of the registry, as the caller, or else as the service: not all who may push may delete. What
    /// stays is for the registry's garbage collection.</summary>
    public async Task DeleteAsync(CallerRegistry caller, IEnumerable<BlobPiece> pieces, CancellationToken cancellationToken)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(pieces, parallel, async (piece, token) =>
        {
            var name = piece.Repository.Name;
            if (!await caller.Registry.Repository(name).TryDeleteBlobAsync(piece.Blob.Digest, token) && caller.Registry != own)
            {
                await own.Repository(name).TryDeleteBlobAsync(piece.Blob.Digest, token);
            }
        });
    }

    public static IReadOnlyList<BlobPiece> Pieces(RepositoryClient repository, IEnumerable<UploadChunk> chunks) =>
        [.. chunks.Select(chunk => Piece(repository, chunk))];

    public static BlobPiece Piece(RepositoryClient repository, UploadChunk chunk) =>
        new(repository, new Descriptor(MediaType, Digest.Parse(chunk.Digest), chunk.Size + SaltLength), chunk.Size);

    private static async Task<string> CopyAsync(
        Stream body, BlobUpload upload, long? expected, long maximum, CancellationToken cancellationToken)
    {
        var hash = new XxHash128();
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            for (int read; (read = await ReadAsync(body, buffer, cancellationToken)) > 0;)
            {
                if (upload.Length + read > (expected ?? maximum))
                {
                    throw expected is null ? ChunkRange.TooLarge(upload.Length + read, maximum) : OtherLength(expected.Value, "more");
                }

                hash.Append(buffer.AsSpan(0, read));
                await upload.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    // The caller's connection, not the registry's.
    private static async Task<int> ReadAsync(Stream body, byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await body.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception exception) when (exception is InvalidDataException or (IOException and not BadHttpRequestException))
        {
            throw new BadHttpRequestException("The body broke off, or is malformed.", exception);
        }
    }

    private static BadHttpRequestException OtherLength(long expected, string actual) =>
        new($"{ChunkRange.Header} announces {expected} bytes, and the archive's part has {actual}.");
}
