using System.Text.Json.Nodes;
using Klever.Kubernetes.Serving.Servers;

namespace Klever.Kubernetes.Serving.Seldon;

/// <summary>The container that serves: a configured server, or the caller's own image.</summary>
internal static class SeldonContainer
{
    public static void Render(JsonObject container, string servingName, PredictorPlan plan, ServingOptions options)
    {
        container["name"] = plan.Name;
        RenderEnv(container.List("env"), servingName, plan);
        if (plan.Server is { } server)
        {
            RenderServer(container, server, servingName, plan, options);
        }
        else
        {
            SeldonProbes.Complete(container, plan.HttpPort, options);
        }
    }

    private static void RenderServer(
        JsonObject container, ServerProfile server, string servingName, PredictorPlan plan, ServingOptions options)
    {
        container["image"] = server.Image;
        if (server.Command is not null)
        {
            container["command"] = JsonEdit.Strings(server.Command.Select(c => Template.Fill(c, servingName, plan)));
        }

        if (server.Args is not null)
        {
            container["args"] = JsonEdit.Strings(server.Args.Select(a => Template.Fill(a, servingName, plan)));
        }

        container["ports"] = Ports(server);
        SeldonProbes.Set(container, server, Template.Fill(server.ReadinessPath, servingName, plan), options);
        container.SetIfAbsent("securityContext", new JsonObject
        {
            ["allowPrivilegeEscalation"] = false,
            ["capabilities"] = new JsonObject { ["drop"] = JsonEdit.Strings(["ALL"]) },
        });
    }

    // By name, and what the caller set stands: newer CRDs refuse a name that is there twice.
    private static void RenderEnv(JsonArray env, string servingName, PredictorPlan plan)
    {
        if ((string?)env.Named(ServingVariables.VisibleGpus)?["value"] is null or "" or ServingVariables.NoGpu)
        {
            env.RemoveNamed(ServingVariables.VisibleGpus);
        }

        Add(ServingVariables.ModelStore, plan.Store);
        Add(ServingVariables.ServingName, servingName);
        foreach (var (name, value) in plan.Server?.Env ?? new Dictionary<string, string>())
        {
            Add(name, Template.Fill(value, servingName, plan));
        }

        if (!plan.HasGpu)
        {
            Add(ServingVariables.VisibleGpus, ServingVariables.NoGpu);
        }

        void Add(string name, string value)
        {
            if (env.Named(name) is null)
            {
                env.Append(new JsonObject { ["name"] = name, ["value"] = value });
            }
        }
    }

    private static JsonArray Ports(ServerProfile server) => new([
        .. new[] { ("http", (int?)server.HttpPort), ("grpc", server.GrpcPort), ("metrics", server.MetricsPort) }
            .Where(p => p.Item2 is not null)
            .Select(p => new JsonObject { ["name"] = p.Item1, ["containerPort"] = p.Item2, ["protocol"] = "TCP" }),
    ]);
}
