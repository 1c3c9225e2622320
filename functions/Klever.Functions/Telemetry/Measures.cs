using System.Diagnostics.Metrics;

namespace Klever.Functions.Telemetry;

/// <summary>What the functions count. Names follow the semantic conventions of OpenTelemetry where these have one; the rest is below
/// <c>klever.</c>. Without an exporter a measurement costs a few nanoseconds.</summary>
internal static class Measures
{
    public const string MeterName = "Klever.Functions";

    private static readonly Meter Meter = new(MeterName);

    private static readonly Counter<long> Events =
        Meter.CreateCounter<long>("klever.events", "{event}", "Events taken, by type and by what became of them.");

    private static readonly Counter<long> ModelJobs =
        Meter.CreateCounter<long>("klever.modeljobs", "{modeljob}", "ModelJobs that entered a phase.");

    private static readonly Histogram<double> JobDuration = Meter.CreateHistogram(
        "klever.job.duration",
        "s",
        "How long the task of a Job worked on its model.",
        tags: null,
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800] });

    private static readonly Counter<long> JobBytes =
        Meter.CreateCounter<long>("klever.job.bytes", "By", "Bytes of the models that Jobs worked on, as stored.");

    private static readonly Counter<long> Findings =
        Meter.CreateCounter<long>("klever.sweep.findings", "{finding}", "Losses that a sweep found, and sent the event for once more.");

    private static readonly Counter<long> LeftOut =
        Meter.CreateCounter<long>("klever.catalog.passed_over", "{model}", "Models that a listing left out because they cannot be read.");

    /// <param name="type">The CloudEvents type; a type of nobody is counted as <c>_OTHER</c>, so that no caller can make series.</param>
    /// <param name="outcome">handled, ignored, malformed, unknown or failed.</param>
    public static void Event(string type, string outcome) =>
        Events.Add(1, new("cloudevents.event_type", type), new("klever.event.outcome", outcome));

    public static void Phase(JobLabels job, string? phase) =>
        ModelJobs.Add(1, new("klever.modeljob.phase", phase), new("klever.modeljob.kind", job.Kind), new("klever.model.format", job.Format));

    public static void Task(JobLabels job, TimeSpan duration, long bytes)
    {
        JobDuration.Record(duration.TotalSeconds, new("klever.modeljob.kind", job.Kind), new("klever.model.format", job.Format));
        JobBytes.Add(bytes, new("klever.modeljob.kind", job.Kind), new("klever.model.format", job.Format));
    }

    public static void PassedOver() => LeftOut.Add(1);

    public static void Finding(string kind) => Findings.Add(1, new KeyValuePair<string, object?>("klever.sweep.kind", kind));
}
