using Klever.Testing;

namespace Klever.Kubernetes.Tests.Serving;

/// <summary>Seldon's CRD, which is large, read once.</summary>
internal static class SeldonCrd
{
    private static readonly Lazy<CrdSchema> Schema =
        new(() => CrdSchema.Load(SharedFolder.Require("schemas", "seldondeployments.v1.crd.yaml"), "v1"));

    /// <summary>Skips the running test where the file is missing.</summary>
    public static CrdSchema Require()
    {
        SharedFolder.Require("schemas", "seldondeployments.v1.crd.yaml");
        return Schema.Value;
    }
}
