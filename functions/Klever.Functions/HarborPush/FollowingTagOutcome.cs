namespace Klever.Functions.HarborPush;

/// <summary>What became of a tag that was to follow to the result.</summary>
internal enum FollowingTagOutcome
{
    /// <summary>It names the result.</summary>
    Followed,

    /// <summary>It named something else by then, and still does.</summary>
    MovedOn,

    /// <summary>It may not move, so what it names has the signature as a referrer.</summary>
    Immutable,
}
