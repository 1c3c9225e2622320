namespace Klever.Oci.Harbor;

/// <summary>What is taken from Harbor's REST API at most.</summary>
public static class HarborLimits
{
    /// <summary>Entries of one page; Harbor refuses more than 100 with 422.</summary>
    public const int PageSize = 100;

    /// <summary>Pages of one listing.</summary>
    public const int MaximumPages = 10_000;

    /// <summary>Bytes of one answer: a page of artifacts carries the config of each model.</summary>
    public const int MaximumAnswerBytes = 64 * 1024 * 1024;

    /// <summary>Depth of one answer: a config may be as deep as Harbor itself reads it (Go, encoding/json), and must not hide its neighbours.</summary>
    public const int MaximumDepth = 10_010;

    public const int MaximumErrorBytes = 64 * 1024;

    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
}
