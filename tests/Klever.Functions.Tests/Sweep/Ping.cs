using System.Net;
using System.Text;

namespace Klever.Functions.Tests.Sweep;

/// <summary>What a PingSource sends by the clock.</summary>
internal static class Ping
{
    public static async Task<HttpStatusCode> SendAsync(KleverApp app, CancellationToken cancellationToken)
    {
        using var client = app.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
        request.Headers.Add("ce-specversion", "1.0");
        request.Headers.Add("ce-id", "1");
        request.Headers.Add("ce-source", "/clock");
        request.Headers.Add("ce-type", "dev.knative.sources.ping");
        using var response = await client.SendAsync(request, cancellationToken);
        return response.StatusCode;
    }
}
