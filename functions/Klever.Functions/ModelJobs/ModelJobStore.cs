using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using k8s.Models;
using Klever.Functions.Telemetry;
using Klever.Kubernetes.Cluster;
using Klever.Kubernetes.ModelJobs;

namespace Klever.Functions.ModelJobs;

/// <summary>ModelJobs in the cluster, as REST speaks of them.</summary>
internal sealed class ModelJobStore(ClusterClient cluster, ModelJobCheck check)
{
    /// <summary>Reads a request. Name, labels, annotations and spec are taken; what the server decides is not.</summary>
    /// <exception cref="BadHttpRequestException">It is no ModelJob.</exception>
    public static ModelJob Parse(JsonObject body, string namespaceName)
    {
        body["metadata"] ??= new JsonObject();
        try
        {
            var asked = ClusterJson.Deserialize<ModelJob>(Encoding.UTF8.GetBytes(body.ToJsonString()));
            return asked.Spec is null || asked.Spec.Model is null
                ? throw new BadHttpRequestException("The body is not a ModelJob: spec.model is missing.")
                : New(namespaceName, asked);
        }
        catch (JsonException exception)
        {
            throw new BadHttpRequestException($"The body is not a ModelJob: {exception.Message}");
        }
    }

    public async Task<ModelJob> CreateAsync(ModelJob modelJob, CancellationToken cancellationToken)
    {
        RequestLimits.Require(modelJob.Spec);
        if (await check.RequireAsync(modelJob, cancellationToken) is { } source)
        {
            await check.RequireFormatAsync(modelJob, source, cancellationToken);
        }

        return await cluster.ModelJobs.CreateAsync(modelJob.Namespace, modelJob, cancellationToken);
    }

    public Task<ModelJob> GetAsync(string namespaceName, string name, CancellationToken cancellationToken) =>
        cluster.ModelJobs.GetAsync(namespaceName, name, cancellationToken);

    /// <summary>All ModelJobs of a namespace, sorted by name.</summary>
    /// <param name="filter">Name of a label whose value is <c>true</c>; null for all.</param>
    public async Task<IReadOnlyList<ModelJob>> ListAsync(string namespaceName, string? filter, CancellationToken cancellationToken)
    {
        var found = new List<ModelJob>();
        await foreach (var modelJob in cluster.ModelJobs.ListAllAsync(namespaceName, cancellationToken: cancellationToken))
        {
            if (filter is null || modelJob.Metadata.Labels?.TryGetValue(filter, out var value) is true && value == "true")
            {
                found.Add(modelJob);
            }
        }

        return [.. found.OrderBy(modelJob => modelJob.Name, StringComparer.Ordinal)];
    }

    public Task DeleteAsync(string namespaceName, string name, CancellationToken cancellationToken) =>
        cluster.ModelJobs.DeleteAsync(namespaceName, name, cancellationToken);

    // Who asked in a trace of their own has it in their request; else the trace begins here.
    private static Dictionary<string, string> Annotations(ModelJob asked)
    {
        var annotations = new Dictionary<string, string>(asked.Metadata.Annotations ?? new Dictionary<string, string>());
        if (Tracing.Parent is { } parent)
        {
            annotations.TryAdd(TraceParent.Annotation, parent);
        }

        return annotations;
    }

    private static ModelJob New(string namespaceName, ModelJob asked) => new()
    {
        Metadata = new V1ObjectMeta
        {
            Name = string.IsNullOrEmpty(asked.Name) ? ModelJobNames.ForRequest(asked.Spec, Guid.NewGuid().ToString()) : asked.Name,
            NamespaceProperty = namespaceName,
            Annotations = Annotations(asked),
            Labels = new Dictionary<string, string>(asked.Metadata.Labels ?? new Dictionary<string, string>())
            {
                [asked.Spec.Conversion is null ? ModelJobResource.ExtractLabel : ModelJobResource.ConvertLabel] = "true",
                [ModelJobResource.ManagedByLabel] = ModelJobResource.ManagedByValue,
            },
        },
        Spec = asked.Spec,
    };
}
