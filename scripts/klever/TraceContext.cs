using System.Diagnostics;

namespace Klever.CommandLine;

/// <summary>The trace that a Job belongs to: requests of this process to the registry go on with it.</summary>
internal static class TraceContext
{
    private const string Variable = "TRACEPARENT";

    /// <returns>The work of the process; null when it belongs to no trace.</returns>
    public static Activity? Continue(CommandContext context, string name) =>
        ActivityContext.TryParse(context.Environment(Variable), traceState: null, isRemote: true, out var parent)
            ? new Activity(name).SetParentId(parent.TraceId, parent.SpanId, parent.TraceFlags).Start()
            : null;
}
