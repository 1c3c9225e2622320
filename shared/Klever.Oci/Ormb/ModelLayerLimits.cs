namespace Klever.Oci.Ormb;

/// <summary>What is taken from one layer at most. Reaching a limit is an error that names it.</summary>
public sealed record ModelLayerLimits
{
    public static readonly ModelLayerLimits Default = new();

    /// <summary>Files and directories of one layer.</summary>
    public int MaximumEntries { get; init; } = 100_000;

    /// <summary>Bytes of one file.</summary>
    public long MaximumEntryBytes { get; init; } = 1L << 40;

    /// <summary>Bytes of the unpacked archive.</summary>
    public long MaximumTotalBytes { get; init; } = 2L << 40;

    /// <summary>Unpacked bytes for each packed byte. Weights pack two to one at best, deflate reaches 1032 to one.</summary>
    public int MaximumRatio { get; init; } = 200;

    /// <summary>Unpacked bytes from which on <see cref="MaximumRatio"/> counts: a small model may well be all zeros.</summary>
    public long RatioFreeBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>UTF-8 bytes of one path; of the body of one extended header, which carries it, sixteen times as many.</summary>
    public int MaximumPathBytes { get; init; } = 4096;

    /// <summary>Characters of all paths together: they are held to find duplicates.</summary>
    public int MaximumTotalPathCharacters { get; init; } = 16 * 1024 * 1024;
}
