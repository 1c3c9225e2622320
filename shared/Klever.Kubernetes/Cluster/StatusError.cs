using System.Net;
using System.Text.Json;
using Klever.Models;

namespace Klever.Kubernetes.Cluster;

/// <summary>Turns a refusal into an exception. The body is a <c>Status</c> object (apimachinery meta/v1), or anything
/// at all
/// when a proxy answers in the server's place.</summary>
internal static class StatusError
{
    public static ClusterException From(string what, HttpResponseMessage response, byte[] content)
    {
        var status = Parse(content);
        // An admission webhook refuses with whatever code it likes; it speaks of the object, not of rights.
        var failure = status.Message.Contains("admission webhook", StringComparison.Ordinal) && (int)response.StatusCode < 500
            ? ClusterFailure.Invalid
            : Classify(response.StatusCode, status.Reason);
        return new ClusterException(failure, $"{what}: {(int)response.StatusCode} {status.Message}")
        {
            Status = (int)response.StatusCode,
            Reason = status.Reason,
            ServerMessage = status.Message,
            Causes = status.Causes,
            RetryAfter = response.Headers.RetryAfter?.Delta,
        };
    }

    private static ClusterFailure Classify(HttpStatusCode status, string? reason) => status switch
    {
        HttpStatusCode.NotFound => ClusterFailure.NotFound,
        HttpStatusCode.Conflict => reason == "AlreadyExists" ? ClusterFailure.AlreadyExists : ClusterFailure.Conflict,
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => ClusterFailure.Forbidden,
        HttpStatusCode.UnprocessableEntity => ClusterFailure.Invalid,
        HttpStatusCode.Gone => ClusterFailure.Expired,
        HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError => ClusterFailure.Transient,
        _ => ClusterFailure.Unexpected,
    };

    private static (string Message, string? Reason, IReadOnlyList<FieldProblem> Causes) Parse(byte[] content)
    {
        try
        {
            using var document = JsonDocument.Parse(content);
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object
                ? (Text(root, "message") ?? "", Text(root, "reason"), Causes(root))
                : (Shown(content), null, []);
        }
        catch (JsonException)
        {
            return (Shown(content), null, []);
        }
    }

    private static List<FieldProblem> Causes(JsonElement status) =>
        status.TryGetProperty("details", out var details) && details.ValueKind == JsonValueKind.Object
        && details.TryGetProperty("causes", out var causes) && causes.ValueKind == JsonValueKind.Array
            ? [.. causes.EnumerateArray()
                .Where(c => c.ValueKind == JsonValueKind.Object)
                .Select(c => new FieldProblem(Text(c, "field") ?? "", Text(c, "message") ?? ""))]
            : [];

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Shown(byte[] content) =>
        Excerpt.Of(System.Text.Encoding.UTF8.GetString(content.AsSpan(0, Math.Min(content.Length, 4 * Excerpt.MaximumLength))));
}
