namespace Klever.Functions.ProjectSetup;

/// <summary>What a step of a setup came to.</summary>
internal enum SetupOutcome
{
    Created,

    /// <summary>It was there and right; nothing was touched.</summary>
    Present,

    /// <summary>It was there and is right now.</summary>
    Changed,

    /// <summary>The account, or this service, lacks the right.</summary>
    Refused,

    /// <summary>Rights would not help: a setting is missing, or something else is in the way.</summary>
    Pending,
}
