namespace Klever.Functions.Models.Upload;

/// <summary>An upload in chunks as the state store holds it: which bytes are in the registry, who puts them together, how it ended.</summary>
internal sealed record UploadState
{
    /// <summary>Chunks of one upload at most: a value of the state store has room for these, for those of the upload before, and for
    /// the form.</summary>
    public const int MaximumChunks = 2000;

    /// <summary>Random; tells one upload of a version from the next.</summary>
    public required string Id { get; init; }

    /// <summary>Bytes of the archive.</summary>
    public required long Total { get; init; }

    /// <summary>The last form that came, as JSON.</summary>
    public string? Form { get; init; }

    /// <summary>By their place in the archive; no two share a byte.</summary>
    public IReadOnlyList<UploadChunk> Chunks { get; init; } = [];

    /// <summary>Who is at work, so that nobody else begins.</summary>
    public UploadWork? Work { get; init; }

    public UploadResult? Result { get; init; }

    public UploadFailure? Failure { get; init; }

    /// <summary>How the upload before this one ended. A chunk of it that comes again after the end is answered with its result.</summary>
    public FinishedUpload? Previous { get; init; }

    public bool HasEnded => Result is not null || Failure is not null;

    public bool IsComplete => Received == Total;

    public long Received => Chunks.Sum(chunk => chunk.Size);

    /// <summary>The bytes that have not come.</summary>
    public IEnumerable<(long From, long To)> Missing()
    {
        var position = 0L;
        foreach (var chunk in Chunks)
        {
            if (chunk.From > position)
            {
                yield return (position, chunk.From - 1);
            }

            position = chunk.From + chunk.Size;
        }

        if (position < Total)
        {
            yield return (position, Total - 1);
        }
    }

    /// <summary>Why these bytes cannot be part of this upload; null when they can, also when they came before.</summary>
    public string? Conflict(ChunkRange range, string? content = null)
    {
        var other = Chunks.FirstOrDefault(chunk => chunk.From <= range.To && range.From < chunk.From + chunk.Size);
        return range.Total != Total ? $"the archive had {Total} bytes before, and now it has {range.Total}"
            : other is null ? Chunks.Count < MaximumChunks ? null : $"it has {MaximumChunks} chunks already; send larger ones"
            : (other.From, other.Size) != (range.From, range.Size)
                ? $"bytes {range.From}-{range.To} overlap bytes {other.From}-{other.From + other.Size - 1}, which came before"
            : content is not null && content != other.Content ? $"bytes {range.From}-{range.To} came before with other content"
            : null;
    }

    public UploadState With(UploadChunk chunk) => Chunks.Any(present => present.From == chunk.From)
        ? this
        : this with { Chunks = [.. Chunks.Append(chunk).OrderBy(each => each.From)] };
}
