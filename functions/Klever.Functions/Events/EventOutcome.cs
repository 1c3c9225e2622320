using CloudNative.CloudEvents;

namespace Klever.Functions.Events;

/// <summary>What became of an event. Passing problems are not outcomes but exceptions, which <see cref="Hosting.ProblemTable"/>
/// turns into 503 so that the broker delivers again.</summary>
internal abstract record EventOutcome
{
    /// <summary>One word, for measurements.</summary>
    public abstract string Name { get; }

    /// <summary>There was something to do and it is done; the reply, if any, goes back to the broker.</summary>
    public static EventOutcome Done(CloudEvent? reply = null) => new Handled(reply);

    /// <summary>Nothing to do, and delivering again would change nothing.</summary>
    public static EventOutcome Ignored(string reason) => new NothingToDo(reason);

    /// <summary>The event itself is wrong: 400, never tried again.</summary>
    public static EventOutcome Rejected(string problem) => new Malformed(problem);

    internal sealed record Handled(CloudEvent? Reply) : EventOutcome
    {
        public override string Name => "handled";
    }

    internal sealed record NothingToDo(string Reason) : EventOutcome
    {
        public override string Name => "ignored";
    }

    internal sealed record Malformed(string Problem) : EventOutcome
    {
        public override string Name => "malformed";
    }
}
