using System.Text;
using System.Text.Json.Nodes;
using Klever.Local.Platform;
using Klever.Models;
using Klever.Oci.Ormb;
using Klever.Testing;

namespace Klever.Functions.Tests.Platform.Roles;

/// <summary>What a scenario can do, in the words of <see cref="RoleScenarios"/>.</summary>
internal sealed class RoleStage(LocalPlatform platform) : IDisposable
{
    private readonly HttpClient _client = new();

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public Models Models { get; } = new(platform);

    /// <summary>Pushes a model and waits until it is described.</summary>
    public async Task<ModelArtifact> PushAsync(string repository)
    {
        var pushed = await PushUnheardAsync(repository);
        await Models.WaitForEndAsync(repository);
        return pushed;
    }

    /// <summary>Pushes a model; what becomes of it is not waited for.</summary>
    public Task<ModelArtifact> PushUnheardAsync(string repository) => Models.PushAsync(repository, "v1", ModelFormat.Onnx, repository);

    /// <summary>Pushes a PMML model whose signature fills more than a termination message.</summary>
    public async Task PushWideAsync(string repository)
    {
        using var directory = new TemporaryDirectory();
        var fields = Enumerable.Range(0, 600).Select(i => $"field_{Guid.NewGuid():N}_{i}").ToList();
        directory.Write("model/wide.pmml", $"""
            <PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4"><Header/>
            <DataDictionary>{string.Concat(fields.Select(f => $"<DataField name=\"{f}\" optype=\"continuous\" dataType=\"double\"/>"))}</DataDictionary>
            <RegressionModel functionName="regression">
            <MiningSchema>{string.Concat(fields.Select(f => $"<MiningField name=\"{f}\"/>"))}</MiningSchema>
            <RegressionTable intercept="1"/></RegressionModel></PMML>
            """);
        directory.Write(OrmbFile.FileName, OrmbFile.Empty.WithFormat(ModelFormat.Pmml).ToYaml());
        await ModelArtifacts.PushAsync(Models.Repository(repository), "v1", ModelDirectory.Open(directory.Path), cancellationToken: Token);
        await Models.WaitForEndAsync(repository);
    }

    /// <summary>Deletes the ModelJobs of a repository, as an administrator would to have it read again.</summary>
    public async Task ForgetAsync(string repository)
    {
        foreach (var job in await Models.ModelJobsOfAsync(repository))
        {
            await Models.Cluster.ModelJobs.DeleteAsync(job.Namespace, job.Name, Token);
        }

        await Models.WaitAsync(async () => (await Models.ModelJobsOfAsync(repository)).Count == 0, () => $"no ModelJob of {repository}");
    }

    /// <summary>Does something while a Service is down.</summary>
    public async Task WithoutAsync(string service, Func<Task> action)
    {
        await platform.StopFunctionAsync(service);
        try
        {
            await action();
        }
        finally
        {
            await platform.StartFunctionAsync(service, Token);
        }
    }

    public Task SendPushAsync(string repository, Digest digest) => SendAsync("harbor.artifact.pushed", $$"""
        {"resources":[{"digest":"{{digest}}","tag":"v1"}],"repository":{"repo_full_name":"{{repository}}"} }
        """);

    /// <summary>Sends an event to the broker.</summary>
    public async Task SendAsync(string type, string data)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, platform.Broker) { Content = Json(data) };
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
        using var request = new HttpRequestMessage(method, new Uri(platform.Service("api"), path)) { Content = body is null ? null : Json(body) };
        using var response = await _client.SendAsync(request, Token);
        var answer = await response.Content.ReadAsStringAsync(Token);
        Assert.True(response.IsSuccessStatusCode, $"{method} {path}: {(int)response.StatusCode} {answer}");
        return answer;
    }

    public Task WaitForServingAsync(string name) => Models.WaitAsync(
        async () => await Models.Cluster.SeldonDeployments.FindAsync("default", name, Token) is not null, () => $"SeldonDeployment {name}");

    public Task WaitForCallAsync(string service, string verb, string resource) => Models.WaitAsync(
        async () => (await CallsAsync(service)).Select(Grant.Of).Any(call => call.Verb == verb && call.Resource == resource),
        () => $"{service} to {verb} {resource}");

    /// <summary>The calls of a Service's account so far.</summary>
    public async Task<IReadOnlyList<JsonNode>> CallsAsync(string service)
    {
        var address = new Uri(platform.Cluster, $"/local/audit?user={Uri.EscapeDataString(ServiceAccount.UserName(service))}");
        return [.. ((JsonArray)JsonNode.Parse(await _client.GetStringAsync(address, Token))!).OfType<JsonNode>()];
    }

    public void Dispose()
    {
        Models.Dispose();
        _client.Dispose();
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");
}
