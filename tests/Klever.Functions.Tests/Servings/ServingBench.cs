using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Klever.Kubernetes.Cluster;
using Klever.Local.Cluster;
using Klever.Local.Platform;
using Klever.Local.Seldon;
using Klever.Models;
using Klever.Oci;
using Klever.Oci.Ormb;
using Klever.Registry;
using Klever.Samples;
using Klever.Testing;

namespace Klever.Functions.Tests.Servings;

/// <summary>The functions in this process, over a registry with a password, a local cluster and its gateway.</summary>
/// <param name="maximumServers">Pods of servings that run at the same time.</param>
/// <param name="settings">More settings of the functions.</param>
public abstract class ServingBench(int maximumServers, params (string Name, string Value)[] settings) : IAsyncLifetime
{
    public const string User = "robot";
    public const string Password = "right";
    private RegistryClient? _client;
    private LocalCluster? _cluster;
    private LocalGateway? _gateway;
    private KleverApp? _app;
    private (string Name, string Value)[]? _settings;

    internal InProcessRegistry Registry { get; private set; } = null!;

    /// <summary>The functions once more, over the same registry, cluster and gateway.</summary>
    internal KleverApp AnotherApp(params (string Name, string Value)[] changes) => new([.. _settings!, .. changes]);

    internal ClusterClient Cluster { get; private set; } = null!;

    internal HttpClient Api { get; private set; } = null!;

    internal HttpClient ClusterApi { get; private set; } = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Registry = await InProcessRegistry.StartAsync(new() { Access = RegistryAccess.Basic(User, Password) });
        _client = new RegistryClient(
            new RegistryOptions { Address = Registry.Address, Credential = new RegistryCredential(User, Password) });
        var options = Installation.Options();
        _cluster = await LocalCluster.StartAsync(
            new LocalClusterOptions { DefinitionFiles = options.DefinitionFiles, Pods = options.Pods() with { MaximumServers = maximumServers }, Namespaces = ["default", "other"] });
        _gateway = await LocalGateway.StartAsync(_cluster, port: 0, CancellationToken.None);
        Cluster = new ClusterClient(new ClusterOptions { Api = _cluster.Address });
        ClusterApi = new HttpClient { BaseAddress = _cluster.Address };
        _settings =
        [
            ("Klever:Registry:Address", Registry.Address.ToString()),
            ("Klever:Registry:Username", User),
            ("Klever:Registry:Password", Password),
            ("PMML_SERVING_IMAGE", "reg/openscoring:1"),
            ("Klever:Servings:Address", _gateway.Address.ToString()),
            ("KUBERNETES_API", _cluster.Address.ToString()),
            .. settings,
        ];
        _app = new KleverApp(_settings);
        Api = _app.CreateClient();
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        ClusterApi.Dispose();
        Cluster.Dispose();
        await _app!.DisposeAsync();
        await _gateway!.DisposeAsync();
        await _cluster!.DisposeAsync();
        _client!.Dispose();
        await Registry.DisposeAsync();
    }

    internal RepositoryClient Repository(string name) => _client!.Repository(name);

    /// <summary>Pushes the sample of a format; <paramref name="author"/> makes two pushes differ, and <paramref name="change"/> the
    /// files.</summary>
    internal async Task<ModelArtifact> PushAsync(
        string repository, ModelFormat format, string tag = "v1", string author = "test", Action<string>? change = null)
    {
        using var directory = new TemporaryDirectory();
        SampleModels.Write(format, directory.Path);
        change?.Invoke(directory.Path);
        var signature = Klever.Formats.SignatureExtractor.FromDirectory(directory.Path, format, Signature.Empty).Signature;
        var ormbFile = OrmbFile.Empty.WithFormat(format).WithExtracted(signature).With("author", JsonValue.Create(author));
        directory.Write(OrmbFile.FileName, ormbFile.ToYaml());
        return await ModelArtifacts.PushAsync(Repository(repository), tag, ModelDirectory.Open(directory.Path), cancellationToken: Token);
    }

    /// <summary>Writes the Secret that the init containers of a namespace read.</summary>
    internal async Task WriteSecretAsync(string ns, string password)
    {
        using var deleted = await ClusterApi.DeleteAsync($"/api/v1/namespaces/{ns}/secrets/ormb", Token);
        using var created = await ClusterApi.PostAsJsonAsync(
            $"/api/v1/namespaces/{ns}/secrets",
            new JsonObject
            {
                ["apiVersion"] = "v1",
                ["kind"] = "Secret",
                ["metadata"] = new JsonObject { ["name"] = "ormb" },
                ["data"] = new JsonObject { ["ORMB_USERNAME"] = Base64(User), ["ORMB_PASSWORD"] = Base64(password) },
            },
            Token);
        created.EnsureSuccessStatusCode();
    }

    /// <summary>Asks for a serving by an event.</summary>
    internal async Task<HttpResponseMessage> SendEventAsync(string data)
    {
        using var content = new StringContent(data, Encoding.UTF8, "application/json");
        content.Headers.Add("ce-specversion", "1.0");
        content.Headers.Add("ce-id", Guid.NewGuid().ToString());
        content.Headers.Add("ce-source", "/test");
        content.Headers.Add("ce-type", "io.kleveross.serving.requested.v1");
        return await Api.PostAsync("/", content, Token);
    }

    internal Task<(int Status, JsonNode? Body)> PostAsync(string path, JsonNode body) => SendAsync(HttpMethod.Post, path, body);

    internal Task<(int Status, JsonNode? Body)> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    internal async Task<(int Status, JsonNode? Body)> SendAsync(
        HttpMethod method, string path, JsonNode? body = null, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(method, $"/api/v1alpha1/namespaces/{path}");
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        }

        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        using var response = await Api.SendAsync(request, Token);
        var text = await response.Content.ReadAsStringAsync(Token);
        return ((int)response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    /// <summary>Asks for a serving until its reason is the expected one.</summary>
    internal async Task<JsonNode> WaitForReasonAsync(string path, string reason)
    {
        var waited = System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            var (_, body) = await GetAsync(path);
            if ((string?)body?["status"]?["reason"] == reason)
            {
                return body!["status"]!;
            }

            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(60), $"expected {reason}, got {body?["status"]?.ToJsonString()}");
            await Task.Delay(TimeSpan.FromMilliseconds(100), Token);
        }
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
