using Klever.Testing;

namespace Klever.Local.Tests;

/// <summary>The definitions that tests register.</summary>
internal static class TestDefinitions
{
    private static readonly string Own = Path.Combine(SharedFolder.Repository, "knative", "base", "modeljob.crd.yaml");

    public static string SeldonDeployments { get; } =
        Path.Combine(SharedFolder.Repository, "scripts", "local", "Definitions", "seldondeployments.crd.yaml");

    /// <summary>The project's own definition of ModelJob; the one of Klever Model Registry until there is one.</summary>
    public static string ModelJobs => File.Exists(Own) ? Own : SharedFolder.Require("schemas", "modeljobs.upstream.crd.yaml");
}
