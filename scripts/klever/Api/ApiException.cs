using System.Net;
using System.Text.Json.Nodes;

namespace Klever.CommandLine.Api;

/// <summary>The Klever API refused a request, or did not answer (<see cref="Status"/> is null then).</summary>
internal sealed class ApiException(HttpStatusCode? status, string message, JsonObject? answer = null) : Exception(message)
{
    public HttpStatusCode? Status { get; } = status;

    /// <summary>What came with the refusal; null when it was not JSON.</summary>
    public JsonObject? Answer { get; } = answer;
}
