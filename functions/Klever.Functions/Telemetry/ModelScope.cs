using System.Collections;
using Klever.Kubernetes.ModelJobs;

namespace Klever.Functions.Telemetry;

/// <summary>What every log line of a piece of work carries: the model, and the ModelJob where there is one.</summary>
internal sealed class ModelScope : IReadOnlyList<KeyValuePair<string, object?>>
{
    private readonly KeyValuePair<string, object?>[] _values;

    private ModelScope(params KeyValuePair<string, object?>[] values) => _values = values;

    public int Count => _values.Length;

    public KeyValuePair<string, object?> this[int index] => _values[index];

    public static IDisposable? Begin(ILogger logger, string model) => logger.BeginScope(new ModelScope(
        KeyValuePair.Create<string, object?>("Model", model)));

    public static IDisposable? Begin(ILogger logger, ModelJob modelJob) => logger.BeginScope(new ModelScope(
        KeyValuePair.Create<string, object?>("Model", modelJob.Spec.Model),
        KeyValuePair.Create<string, object?>("Job", $"{modelJob.Namespace}/{modelJob.Name}")));

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, object?>>)_values).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _values.GetEnumerator();

    public override string ToString() => string.Join(' ', _values.Select(pair => $"{pair.Key}={pair.Value}"));
}
