using System.Text.Json.Nodes;
using Klever.Local.Cluster.Access;
using Klever.Local.Cluster.Http;
using Klever.Local.Cluster.Objects;
using Klever.Local.Cluster.Storage;
using Klever.Local.Feed;
using Klever.Local.Jobs;
using Klever.Local.Seldon;
using Klever.Local.Yaml;

namespace Klever.Local.Cluster;

/// <summary>A small cluster on this machine: the Kubernetes API over HTTP on the loopback interface, objects in SQLite, and a
/// controller that runs the pods of Jobs as processes. It is for development; it protects nothing.</summary>
public sealed class LocalCluster : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _stoppingPods = new();
    private readonly LocalClusterOptions _options;
    private readonly string _directory;
    private readonly ObjectStore _store;
    private readonly ContainerLogs _logs;
    private readonly List<Task> _work = [];
    private Task _pods = Task.CompletedTask;
    private WebApplication? _web;

    private LocalCluster(LocalClusterOptions options)
    {
        _options = options;
        _directory = options.DataDirectory ?? Directory.CreateTempSubdirectory("klever-cluster-").FullName;
        Directory.CreateDirectory(_directory);
        _store = new ObjectStore(options.DataDirectory is null ? null : Path.Combine(_directory, "cluster.db"));
        _logs = new ContainerLogs(PodsDirectory);
        Objects = new ApiObjects(_store, new ResourceTypes(), options.Clock);
    }

    /// <summary>Base address of the API.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1");

    internal ApiObjects Objects { get; }

    private string PodsDirectory => Path.Combine(_directory, "pods");

    internal AuditLog Audit { get; } = new();

    public static async Task<LocalCluster> StartAsync(LocalClusterOptions options, CancellationToken cancellationToken = default)
    {
        var cluster = new LocalCluster(options);
        try
        {
            cluster.CreateInitialObjects();
            await cluster.ListenAsync(cancellationToken);
            cluster.StartControllers();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        if (_web is not null)
        {
            await _web.DisposeAsync();
        }

        // The controllers first: a Job must not answer for what ends because the machine stops.
        foreach (var task in _work)
        {
            await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await _stoppingPods.CancelAsync();
        await _pods.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        _store.Dispose();
        _stopping.Dispose();
        _stoppingPods.Dispose();
        if (_options.DataDirectory is null)
        {
            Directory.Delete(_directory, recursive: true);
        }
    }

    private void CreateInitialObjects()
    {
        Objects.ServeStoredDefinitions();
        foreach (var ns in _options.Namespaces.Where(n => Objects.Find(BuiltInTypes.Namespaces, "", n) is null))
        {
            Objects.Create(BuiltInTypes.Namespaces, "", new JsonObject
            {
                ["apiVersion"] = "v1",
                ["kind"] = "Namespace",
                ["metadata"] = new JsonObject { ["name"] = ns },
            });
        }

        foreach (var definition in _options.DefinitionFiles.SelectMany(YamlDocuments.ReadFile).Where(d => d.Kind() == "CustomResourceDefinition"))
        {
            Register(definition);
        }
    }

    /// <summary>Creates the definition, or brings the stored one up to date.</summary>
    private void Register(JsonObject definition)
    {
        var type = BuiltInTypes.CustomResourceDefinitions;
        definition.Remove("status");
        if (Objects.Find(type, "", definition.Name()) is null)
        {
            Objects.Create(type, "", definition);
            return;
        }

        Objects.Update(type, new ObjectKey(type.Key, "", definition.Name()), "", current =>
        {
            current["spec"] = definition["spec"]!.DeepClone();
            return current;
        });
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = ApiBody.MaximumReceivedBytes);
        builder.WebHost.UseUrls($"http://127.0.0.1:{_options.Port}");
        _web = builder.Build();
        var access = new AccessRules([.. _options.Roles.SelectMany(applied => applied.Read())]);
        new ApiEndpoints(Objects, Audit, access, _logs, _stopping.Token).Map(_web);
        if (_options.Feed is not null)
        {
            _web.MapFeed(_options.Feed, _stopping.Token);
        }

        await _web.StartAsync(cancellationToken);
        Address = new Uri(_web.Urls.First());
    }

    private void StartControllers()
    {
        _pods = Task.Run(() => new PodAgent(Objects, _options.Pods, _logs, PodsDirectory).RunAsync(_stoppingPods.Token));
        _work.Add(Task.Run(() => new GarbageCollector(Objects).RunAsync(_stopping.Token)));
        _work.Add(Task.Run(() => new JobController(Objects, _options.Pods).RunAsync(_stopping.Token)));
        _work.Add(Task.Run(() => new SeldonController(Objects).RunAsync(_stopping.Token)));
        if (_options.Feed is not null)
        {
            _work.Add(Task.Run(() => ObjectFeed.RunAsync(_store, _options.Feed, _stopping.Token)));
        }
    }
}
