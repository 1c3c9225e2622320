namespace Klever.Oci.Harbor;

/// <summary>What is taken from Harbor's REST API at most.</summary>
public static class HarborLimits
{
    /// <summary>Entries of one page; Harbor refuses more than 100 with 422.</summary>
    public const int PageSize = 100;

    /// <summary>By how much a page is made smaller when it is too large to be taken; down to one entry.</summary>
    public const int PageDivisor = 10;

    /// <summary>Entries of one listing.</summary>
    public const int MaximumEntries = 1_000_000;

    /// <summary>Entries of one listing that are left out because each alone is too large; the listing ends at the next one.</summary>
    public const int MaximumPassedOver = 100;

    /// <summary>Bytes of one answer. A page of artifacts carries the config of each; the largest one that is taken of a model,
    /// <see cref="OciLimits.MaximumConfigBytes"/>, fits alone even when Harbor escapes all of it.</summary>
    public const int MaximumAnswerBytes = 32 * 1024 * 1024;

    /// <summary>Depth of one answer: a config may be as deep as Harbor itself reads it (Go, encoding/json), and must not hide its neighbours.</summary>
    public const int MaximumDepth = 10_010;

    public const int MaximumErrorBytes = 64 * 1024;

    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
}
