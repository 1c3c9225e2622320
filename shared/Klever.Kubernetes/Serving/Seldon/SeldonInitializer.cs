using System.Text.Json.Nodes;
using Klever.Kubernetes.Jobs;
using Klever.Kubernetes.Serving.Servers;

namespace Klever.Kubernetes.Serving.Seldon;

/// <summary>The init container that fetches the model and lays it out. Its name is the one Seldon gives its own, so
/// that Seldon adds none.</summary>
internal static class SeldonInitializer
{
    public static JsonObject Render(
        JsonObject container, JsonObject mount, string servingName, PredictorPlan plan, ServingOptions options)
    {
        var initializer = new JsonObject
        {
            ["name"] = plan.Name + ServingVariables.InitializerSuffix,
            ["image"] = options.InitializerImage,
            ["command"] = JsonEdit.Strings(["klever", "initialize"]),
            ["args"] = JsonEdit.Strings(Arguments(servingName, plan)),
            ["env"] = Env(container, plan, options),
            ["volumeMounts"] = new JsonArray(mount),
            ["securityContext"] = new JsonObject
            {
                ["allowPrivilegeEscalation"] = false,
                ["readOnlyRootFilesystem"] = true,
                ["capabilities"] = new JsonObject { ["drop"] = JsonEdit.Strings(["ALL"]) },
            },
        };
        if (Sizes(options) is { Count: > 0 } sizes)
        {
            initializer["resources"] = new JsonObject { ["limits"] = sizes, ["requests"] = sizes.DeepClone() };
        }

        return initializer;
    }

    private static IEnumerable<string> Arguments(string servingName, PredictorPlan plan)
    {
        yield return plan.Model.ToString();
        yield return plan.ModelPath;
        yield return $"--layout={plan.Layout}";
        yield return $"--name={servingName}";
        if (plan.AssertedFormat is { } format)
        {
            yield return $"--format={format}";
        }

        // Only Triton's configuration speaks of devices and batches.
        if (plan.Layout != ServerProfiles.TritonLayout)
        {
            yield break;
        }

        if (!plan.HasGpu)
        {
            yield return "--cpu";
        }

        if (plan.Request.MaximumBatchSize is { } size)
        {
            yield return $"--max-batch-size={size}";
        }
    }

    private static JsonArray Env(JsonObject container, PredictorPlan plan, ServingOptions options)
    {
        var env = new JsonArray();
        if (plan.UsesPullSecret)
        {
            var secret = ProjectSecret.NameFor(options.PullSecretName, plan.Model.Repository);
            env.Append(FromSecret(JobVariables.Username, secret));
            env.Append(FromSecret(JobVariables.Password, secret));
        }

        if (plan.UsesPullSecret && options.PlainHttp)
        {
            env.Append(new JsonObject { ["name"] = JobVariables.PlainHttp, ["value"] = "true" });
        }

        // What the caller says of the model is for whoever writes the server's configuration: the initializer.
        foreach (var name in new[] { "INPUTS", "OUTPUTS" })
        {
            if ((container["env"] as JsonArray)?.Named(name) is { } variable)
            {
                env.Append(variable.DeepClone());
            }
        }

        return env;
    }

    private static JsonObject FromSecret(string name, string secret) => new()
    {
        ["name"] = name,
        ["valueFrom"] = new JsonObject
        {
            ["secretKeyRef"] = new JsonObject { ["name"] = secret, ["key"] = name, ["optional"] = true },
        },
    };

    private static JsonObject Sizes(ServingOptions options)
    {
        var sizes = new JsonObject();
        sizes.SetIfAbsent("cpu", options.InitializerCpu);
        sizes.SetIfAbsent("memory", options.InitializerMemory);
        return sizes;
    }
}
