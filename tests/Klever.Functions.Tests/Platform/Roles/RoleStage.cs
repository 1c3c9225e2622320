using System.Text;
using Klever.Local.Platform;

namespace Klever.Functions.Tests.Platform.Roles;

/// <summary>What a scenario can do, in the words of <see cref="RoleScenarios"/>.</summary>
internal sealed class RoleStage : IDisposable
{
    private readonly LocalPlatform _platform;
    private readonly HttpClient _client = new();

    public RoleStage(LocalPlatform platform)
    {
        _platform = platform;
        Models = new(platform);
        Places =
        [
            new(this, "roles", PlatformFixture.Home),
            new(this, PlatformFixture.OtherProject, PlatformFixture.OtherNamespace),
        ];
    }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public Models Models { get; }

    /// <summary>The namespace of <c>knative/base</c>, and one of <c>knative/namespace</c>.</summary>
    public IReadOnlyList<RolePlace> Places { get; }

    /// <summary>Does something in every place at once.</summary>
    public Task EverywhereAsync(Func<RolePlace, Task> action) => Task.WhenAll(Places.Select(action));

    /// <summary>Does something while a Service is down.</summary>
    public async Task WithoutAsync(string service, Func<Task> action)
    {
        await _platform.StopFunctionAsync(service);
        try
        {
            await action();
        }
        finally
        {
            await _platform.StartFunctionAsync(service, Token);
        }
    }

    /// <summary>Sends an event to the broker.</summary>
    public async Task SendAsync(string type, string data)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _platform.Broker) { Content = Json(data) };
        foreach (var (name, value) in new[] { ("specversion", "1.0"), ("id", Guid.NewGuid().ToString()), ("source", "/test"), ("type", type) })
        {
            request.Headers.Add($"ce-{name}", value);
        }

        using var response = await _client.SendAsync(request, Token);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Asks the Service <c>api</c>; any refusal fails the test with its text.</summary>
    public async Task<string> RequestAsync(HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(_platform.Service("api"), path)) { Content = body is null ? null : Json(body) };
        using var response = await _client.SendAsync(request, Token);
        var answer = await response.Content.ReadAsStringAsync(Token);
        Assert.True(response.IsSuccessStatusCode, $"{method} {path}: {(int)response.StatusCode} {answer}");
        return answer;
    }

    public void Dispose()
    {
        Models.Dispose();
        _client.Dispose();
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");
}
