using Klever.Local.Cluster.Objects;
using Klever.Local.Yaml;

namespace Klever.Local.Broker.Definitions;

/// <summary>Which Services get K_SINK (sources.knative.dev/v1 SinkBinding whose subject is a Service by name).</summary>
internal static class SinkBindings
{
    public static IReadOnlySet<string> Subjects(AppliedDirectory applied) => applied.Read()
        .Where(document => document.Kind() == "SinkBinding")
        .Select(binding => binding.Text("spec", "subject", "name")
            ?? throw new FormatException($"SinkBinding {binding.Name()}: only a subject by name is played here."))
        .ToHashSet();
}
