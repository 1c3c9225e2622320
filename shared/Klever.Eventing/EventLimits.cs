namespace Klever.Eventing;

/// <summary>Limits of what is read from outside.</summary>
public static class EventLimits
{
    /// <summary>Bytes of an event at most: a Kubernetes object, which is what the largest events hold, has 1.5
    /// MiB.</summary>
    public const int MaximumBodyBytes = 2 * 1024 * 1024;

    /// <summary>Nesting of JSON at most.</summary>
    public const int MaximumDepth = 64;

    /// <summary>Events of one registry notification, and resources of one Harbor event, at most.</summary>
    public const int MaximumPushes = 1000;
}
