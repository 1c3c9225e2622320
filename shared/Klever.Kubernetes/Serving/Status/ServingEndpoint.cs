using System.Text.Json.Nodes;

namespace Klever.Kubernetes.Serving.Status;

/// <summary>Where a predictor is asked, and how.</summary>
/// <param name="Predictor">Its name.</param>
/// <param name="Protocol">As <see cref="Servers.ServerProfile.Protocol"/> says; null for an image of the caller's own.</param>
/// <param name="Url">From outside; null when no gateway is configured. All predictors of a serving share it.</param>
/// <param name="InternalUrl">From within the cluster: this predictor alone.</param>
/// <param name="Request">A body that the model takes; null when its inputs are not known or too large to write out.</param>
public sealed record ServingEndpoint(string Predictor, string? Protocol, string? Url, string InternalUrl, JsonNode? Request)
{
    /// <summary>Headers that bring a request for <see cref="Url"/> to this predictor; null when no value can be told, as of an
    /// expression.</summary>
    public IReadOnlyList<(string Name, string Value)>? Headers { get; init; } = [];

    /// <summary>A command that sends <see cref="Request"/>; null without one.</summary>
    public string? Curl => Request is null
        ? null
        : $"curl -sS -H 'Content-Type: application/json'{Options} -d '{Quoted(Request.ToJsonString())}' '{Target}'";

    private string Options => Target == Url
        ? string.Concat(Headers!.Select(header => $" -H '{Quoted($"{header.Name}: {header.Value}")}'"))
        : "";

    private string Target => Headers is null ? InternalUrl : Url ?? InternalUrl;

    public JsonObject ToJson()
    {
        var endpoint = new JsonObject { ["predictor"] = Predictor };
        Set("protocol", Protocol);
        Set("url", Url);
        Set("internalUrl", InternalUrl);
        Set("request", Request?.DeepClone());
        Set("curl", Curl);
        return endpoint;

        void Set(string name, JsonNode? value)
        {
            if (value is not null)
            {
                endpoint[name] = value;
            }
        }
    }

    // Within single quotes a shell reads everything but a single quote as it is.
    private static string Quoted(string text) => text.Replace("'", @"'\''", StringComparison.Ordinal);
}
