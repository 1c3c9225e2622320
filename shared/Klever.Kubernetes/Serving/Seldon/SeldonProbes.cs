using System.Text.Json.Nodes;
using Klever.Kubernetes.Serving.Servers;

namespace Klever.Kubernetes.Serving.Seldon;

/// <summary>Probes that tell apart a server that still loads, one that cannot answer for this model, and one that
/// hangs.</summary>
internal static class SeldonProbes
{
    private const int PeriodSeconds = 10;
    private const int TimeoutSeconds = 5;
    private const int FailureThreshold = 5;

    /// <summary>Those of a configured server replace whatever is there.</summary>
    public static void Set(JsonObject container, ServerProfile server, string readinessPath, ServingOptions options)
    {
        container["startupProbe"] = Startup(Http(readinessPath, server.HttpPort), options);
        container["readinessProbe"] = Probe(Http(readinessPath, server.HttpPort));
        container["livenessProbe"] = Probe(
            server.LivenessPath is { } path ? Http(path, server.HttpPort) : Tcp(server.HttpPort));
    }

    /// <summary>An image of the caller's own keeps its probes; one without gets the test that its port is
    /// open.</summary>
    public static void Complete(JsonObject container, int port, ServingOptions options)
    {
        container.SetIfAbsent("readinessProbe", Probe(Tcp(port)));
        if (container["livenessProbe"] is null)
        {
            container.SetIfAbsent("startupProbe", Startup(Tcp(port), options));
            container["livenessProbe"] = Probe(Tcp(port));
        }
    }

    private static JsonObject Startup(JsonObject probe, ServingOptions options)
    {
        probe["periodSeconds"] = PeriodSeconds;
        probe["timeoutSeconds"] = TimeoutSeconds;
        probe["failureThreshold"] = (int)Math.Ceiling(options.LoadBudget.TotalSeconds / PeriodSeconds);
        return probe;
    }

    private static JsonObject Probe(JsonObject probe)
    {
        probe["timeoutSeconds"] = TimeoutSeconds;
        probe["failureThreshold"] = FailureThreshold;
        return probe;
    }

    private static JsonObject Http(string path, int port) => new()
    {
        ["httpGet"] = new JsonObject { ["path"] = path, ["port"] = port, ["scheme"] = "HTTP" },
    };

    private static JsonObject Tcp(int port) => new() { ["tcpSocket"] = new JsonObject { ["port"] = port } };
}
