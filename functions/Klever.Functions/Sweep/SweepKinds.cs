namespace Klever.Functions.Sweep;

/// <summary>What a sweep finds, for programs.</summary>
internal static class SweepKinds
{
    /// <summary>A model whose signature nobody has read, and for which no ModelJob is there.</summary>
    public const string ModelWithoutExtraction = "model-without-extraction";

    /// <summary>A tag that still names the manifest which was read, while the result is under another tag.</summary>
    public const string TagBehindResult = "tag-behind-result";

    /// <summary>A ModelJob that has not ended and has no Job.</summary>
    public const string ModelJobWithoutJob = "modeljob-without-job";

    /// <summary>A Job that has ended while its ModelJob has not.</summary>
    public const string JobWithoutUpdate = "job-without-update";

    /// <summary>A Job that runs: what its pods meet, such as an image that cannot be pulled, is no event of its own.</summary>
    public const string JobInProgress = "job-in-progress";
}
