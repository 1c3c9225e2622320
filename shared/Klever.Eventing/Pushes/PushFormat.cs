namespace Klever.Eventing.Pushes;

/// <summary>The wire formats of push notifications.</summary>
public enum PushFormat
{
    /// <summary>None of those below: answer 415.</summary>
    Unknown,

    /// <summary>Harbor, payload format CloudEvents, from Harbor itself or through a broker.</summary>
    CloudEvent,

    /// <summary>Harbor, payload format Default.</summary>
    HarborDefault,

    /// <summary>The notification envelope of the distribution registry. It repeats a refused one for ever and holds
    /// all others
    /// back, so even a malformed one is answered with 202.</summary>
    Distribution,
}
