using System.Net;

namespace Klever.CommandLine.Api;

/// <summary>The Klever API refused a request, or did not answer (<see cref="Status"/> is null then).</summary>
internal sealed class ApiException(HttpStatusCode? status, string message) : Exception(message)
{
    public HttpStatusCode? Status { get; } = status;
}
