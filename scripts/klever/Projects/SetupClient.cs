using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Klever.Models;
using Klever.Oci;

namespace Klever.CommandLine.Projects;

/// <summary>Asks the API of Klever.Functions to set a project up.</summary>
internal static class SetupClient
{
    private const int MaximumAnswerBytes = 1024 * 1024;

    // Six steps, of which each asks Harbor a few times.
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    /// <returns>The report, of a setup that is not complete too.</returns>
    /// <exception cref="SetupException">There is no report; the message says why.</exception>
    public static async Task<JsonObject> SetUpAsync(
        Uri server, RegistryCredential? account, string project, string? namespaceName, CancellationToken cancellationToken)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false })
        {
            Timeout = Timeout,
            MaxResponseContentBufferSize = MaximumAnswerBytes,
        };
        var query = namespaceName is null ? "" : $"?namespace={Uri.EscapeDataString(namespaceName)}";
        var address = new Uri(server, $"/api/v1alpha1/projects/{Uri.EscapeDataString(project)}/setup{query}");
        using var request = new HttpRequestMessage(HttpMethod.Post, address);
        request.Headers.Authorization = account is null ? null : new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{account.Username}:{account.Password}")));
        try
        {
            using var response = await client.SendAsync(request, cancellationToken);
            return await ReadAsync(response, server, cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            throw new SetupException(JobExitCode.Unexpected, $"{server} does not answer: {exception.Message}");
        }
    }

    private static async Task<JsonObject> ReadAsync(HttpResponseMessage response, Uri server, CancellationToken cancellationToken)
    {
        var answer = Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
        if (answer?["steps"] is JsonArray)
        {
            return answer;
        }

        var said = answer?["message"]?.ToString() ?? "is this the API of Klever.Functions?";
        throw response.StatusCode == HttpStatusCode.Unauthorized
            ? new SetupException(JobExitCode.Login, $"{said} (SERVER_ORMB_DOMAIN with klever login, or ORMB_USERNAME and ORMB_PASSWORD)")
            : new SetupException(JobExitCode.Unexpected, $"{server} answered {(int)response.StatusCode}: {said}");
    }

    private static JsonObject? Parse(byte[] content)
    {
        try
        {
            return JsonNode.Parse(content) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
