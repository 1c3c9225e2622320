using System.Text;
using Klever.Local.Platform;
using Klever.Models;

namespace Klever.Functions.Tests.Platform;

/// <summary><c>harbor-push</c> as a process of its own, over a registry and a cluster of the test.</summary>
internal static class HarborPushProcess
{
    /// <summary>Ready when it is returned.</summary>
    /// <param name="log">File of its output.</param>
    /// <param name="settings">What differs from test to test: the state, the end.</param>
    public static async Task<(ChildProcess Process, Uri Address)> StartAsync(
        Uri registry, Uri cluster, string log, IReadOnlyDictionary<string, string> settings)
    {
        var port = FreePort.Next();
        var process = ChildProcess.Start(
            Installation.Options().FunctionsProgram,
            [],
            new Dictionary<string, string>(settings)
            {
                ["PORT"] = $"{port}",
                ["KLEVER_FUNCTIONS"] = "harbor-push",
                ["KLEVER_FACE"] = "public",
                ["Klever__Registry__Address"] = registry.ToString(),
                ["Klever__Webhook__Authorization"] = KleverApp.WebhookSecret,
                ["KUBERNETES_API"] = cluster.ToString(),
            },
            log);
        var address = new Uri($"http://127.0.0.1:{port}");
        await process.WaitUntilReadyAsync(
            new Uri(address, "/health/readiness"), TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        return (process, address);
    }

    /// <summary>Harbor's webhook for a push of tag v1.</summary>
    public static HttpRequestMessage Notification(Uri address, string repository, Digest digest)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, "/webhook"))
        {
            Content = new StringContent(
                $$"""
                {"type":"PUSH_ARTIFACT","occur_at":1800000000,"operator":"ci","event_data":{
                  "resources":[{"digest":"{{digest}}","tag":"v1","resource_url":"hub/{{repository}}:v1"}],
                  "repository":{"name":"m","namespace":"stop","repo_full_name":"{{repository}}","repo_type":"private"} } }
                """,
                Encoding.UTF8,
                "application/json"),
        };
        request.Headers.TryAddWithoutValidation("Authorization", KleverApp.WebhookSecret);
        return request;
    }
}
