using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Klever.Models;

namespace Klever.Kubernetes.Serving.Requests;

/// <summary>Reads a SeldonDeployment as a request.</summary>
internal static partial class ServingRequestReader
{
    private const int MaximumServingName = 63;

    /// <summary><c>&lt;graph name&gt;-model-initializer</c> must be a label of 63.</summary>
    private const int MaximumGraphName = 45;

    /// <summary>What <c>klever initialize --max-batch-size</c> takes.</summary>
    private const int LargestBatch = 65_536;

    public static ServingRequest Read(
        JsonObject body, string namespaceName, ServingOptions options, string? expectedName)
    {
        var root = new JsonField(body, "");
        var name = Name(root["metadata"]["name"], MaximumServingName);
        if (expectedName is not null && name != expectedName)
        {
            throw new ServingException(
                ServingProblems.NameMismatch,
                "metadata.name",
                $"it is \"{name}\", but the path says \"{Excerpt.Of(expectedName)}\".");
        }

        if (root["metadata"]["namespace"].AsText() is { } other && other != namespaceName)
        {
            throw root["metadata"]["namespace"].Invalid(
                $"it is \"{Excerpt.Of(other)}\", but the path says \"{namespaceName}\"");
        }

        var predictors = root["spec"]["predictors"];
        var fields = predictors.AsList();
        if (fields.Count is 0 or > ServingRequest.MaximumPredictors)
        {
            throw predictors.Invalid($"must have 1 to {ServingRequest.MaximumPredictors} entries");
        }

        return new ServingRequest
        {
            Namespace = namespaceName,
            Name = name,
            Predictors = [.. fields.Select(f => Predictor(f, options))],
            DefaultPredictor = root["spec"]["defaultPredictor"].AsText(),
            Source = body,
        };
    }

    private static PredictorRequest Predictor(JsonField field, ServingOptions options)
    {
        var source = field.AsObject() ?? throw field.Invalid("must be an object");
        var graph = field["graph"];
        if (graph["children"].AsList().Count > 0)
        {
            throw graph["children"].Invalid(
                $"can't find ComponentSpec for graph {Excerpt.Of(graph["children"].First["name"].AsText() ?? "")}: one model is "
                + "served by one container, and a graph of several is not composed");
        }

        var request = new PredictorRequest
        {
            Path = field.Path,
            Name = Name(graph["name"], MaximumGraphName),
            Model = Model(graph["modelUri"], options),
            Format = Parameter(graph, "format").AsText(),
            MaximumBatchSize = BatchSize(Parameter(graph, "max_batch_size")),
            Implementation = Implementation(graph),
            Traffic = field["traffic"].AsInteger(),
            IsShadow = field["shadow"].AsFlag(),
            Matches = [.. field["trafficMatchs"].AsList().Select(HeaderMatchReader.Read)],
            Source = source,
        };
        // Seldon's own servers may come without a pod; whatever pod comes must be one that can be composed.
        if (request.Implementation is null || field["componentSpecs"].AsList().Count > 0)
        {
            RequireOne(field["componentSpecs"], "Component");
            RequireOne(field["componentSpecs"].First["spec"]["containers"], "Container");
        }

        PodRules.Check(request, options);
        return request with { Image = OwnImage(request, options) };
    }

    // The image that composing put there is told by the annotation beside it, or by being a configured one, as in what
    // Klever
    // Model Registry composed. A client that makes the annotation up gets the configured image, as it would without.
    private static string? OwnImage(PredictorRequest request, ServingOptions options)
    {
        var image = request.Container["image"].AsText();
        var composed = request.Field["annotations"][ServingAnnotations.ServerImage].AsText();
        return image == composed || options.Servers.Any(s => s.Image == image) ? null : image;
    }

    private static ModelReference Model(JsonField uri, ServingOptions options)
    {
        var text = uri.AsText() ?? throw uri.Invalid("is missing; name the model as project/model:tag");
        return ModelReference.TryParse(text, out var reference, out var problem)
            ? options.Resolve(reference)
            : throw uri.Invalid($"\"{Excerpt.Of(text)}\" is not project/model:tag: {problem}");
    }

    private static string? Implementation(JsonField graph) =>
        graph["implementation"].AsText() is { } name && !NoServer.Contains(name) ? name : null;

    private static JsonField Parameter(JsonField graph, string name) =>
        graph["parameters"].AsList().FirstOrDefault(p => p["name"].AsText() == name)["value"];

    private static int? BatchSize(JsonField value) =>
        value.AsText() is not { } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size <= LargestBatch ? size
        : throw value.Invalid($"must be a number from 0 to {LargestBatch}");

    // Klever Model Registry's own words stay in the message: clients look for them.
    private static void RequireOne(JsonField list, string what)
    {
        if (list.AsList().Count != 1)
        {
            throw list.Invalid(
                $"{what}'s length must be equal 1 for simple model serving: one model is served by one container");
        }

        _ = list.First.AsObject() ?? throw list.First.Invalid("must be an object");
    }

    private static string Name(JsonField field, int maximum)
    {
        var name = field.AsText() ?? throw field.Invalid("is missing");
        return name.Length <= maximum && Label().IsMatch(name)
            ? name
            : throw field.Invalid(
                $"\"{Excerpt.Of(name)}\" must be lower-case letters, digits and '-', begin with a letter, "
                + $"and be at most {maximum} long");
    }

    // Implementations of Seldon that are no server of models.
    private static readonly HashSet<string> NoServer = new(StringComparer.Ordinal)
    {
        "SIMPLE_MODEL", "SIMPLE_ROUTER", "RANDOM_ABTEST", "AVERAGE_COMBINER", "UNKNOWN_IMPLEMENTATION",
    };

    [GeneratedRegex(@"\A[a-z](?:[-a-z0-9]*[a-z0-9])?\z")]
    private static partial Regex Label();
}
