using Klever.Local.Broker;
using Klever.Local.Cluster;
using Klever.Local.Feed;
using Klever.Local.Seldon;
using Klever.Registry;

namespace Klever.Local.Platform;

/// <summary>The whole system on one machine: registry, cluster, eventing, and the functions as they are.</summary>
public sealed class LocalPlatform : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(2);
    private readonly PlatformOptions _options;
    private readonly string _directory;
    private readonly string _webhookSecret = $"Bearer {Guid.NewGuid():N}";
    private readonly Dictionary<string, ChildProcess> _functions = [];
    private readonly Dictionary<string, int> _ports = [];
    private IAsyncDisposable? _registry;
    private LocalCluster? _cluster;
    private LocalEventing? _eventing;
    private LocalGateway? _gateway;

    private LocalPlatform(PlatformOptions options)
    {
        _options = options;
        _directory = options.DataDirectory ?? Directory.CreateTempSubdirectory("klever-local-").FullName;
        Directory.CreateDirectory(_directory);
        Registry = Loopback(options.RegistryPort);
        Broker = new Uri(Loopback(options.BrokerPort), $"/{options.Home}/default");
        foreach (var process in options.Functions)
        {
            _ports[process.Name] = options.FunctionsPort > 0 ? options.FunctionsPort + _ports.Count : FreePort.Next();
        }
    }

    /// <summary>What happens, as it happens.</summary>
    public LiveFeed Feed { get; } = new(TimeProvider.System);

    public Uri Registry { get; private set; }

    public Uri Cluster => _cluster!.Address;

    public Uri Broker { get; }

    public Uri Eventing => _eventing!.Address;

    /// <summary>Where servings are asked: stands for the gateway of Istio.</summary>
    public Uri Gateway => _gateway!.Address;

    /// <summary>The value of <c>Authorization</c> that the webhook asks for.</summary>
    public string WebhookSecret => _webhookSecret;

    /// <summary>Whether the registry is the real docker-registry.</summary>
    public bool IsRealRegistry => _registry is RegistryProcess;

    public static async Task<LocalPlatform> StartAsync(PlatformOptions options, CancellationToken cancellationToken = default)
    {
        var platform = new LocalPlatform(options);
        try
        {
            await platform.BeginAsync(cancellationToken);
            return platform;
        }
        catch
        {
            await platform.DisposeAsync();
            throw;
        }
    }

    /// <summary>Address of the process that stands for a Service.</summary>
    public Uri Service(string name) =>
        Loopback(_ports[_options.Functions.Single(process => process.Services.Contains(name)).Name]);

    /// <summary>Id of a function's process, for those who measure it.</summary>
    public int FunctionProcessId(string name) => _functions[name].Id;

    public async Task StopFunctionAsync(string name)
    {
        if (_functions.Remove(name, out var process))
        {
            await process.DisposeAsync();
        }
    }

    public async Task StartFunctionAsync(string name, CancellationToken cancellationToken = default)
    {
        var function = _options.Functions.Single(process => process.Name == name);
        var environment = FunctionEnvironment.Of(function, this, _options, _directory, _ports[name]);
        var process = ChildProcess.Start(
            _options.FunctionsProgram,
            [],
            environment,
            Path.Combine(_directory, $"{name}.log"),
            line => FunctionNews.Tell(Feed, name, line));
        _functions[name] = process;
        await process.WaitUntilReadyAsync(new Uri(Loopback(_ports[name]), "/health/readiness"), StartTimeout, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_functions.Values.Select(process => process.DisposeAsync().AsTask()));
        foreach (var part in new[] { _eventing, _gateway, _cluster, _registry })
        {
            if (part is not null)
            {
                await part.DisposeAsync();
            }
        }

        if (_options.DataDirectory is null)
        {
            Directory.Delete(_directory, recursive: true);
        }
    }

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        _cluster = await LocalCluster.StartAsync(
            new LocalClusterOptions
            {
                Port = _options.ClusterPort,
                DataDirectory = Path.Combine(_directory, "cluster"),
                DefinitionFiles = [Path.Combine(_options.Base.Directory, "modeljob.crd.yaml"), .. _options.DefinitionFiles],
                Roles = _options.Applied,
                Namespaces = _options.Namespaces,
                Pods = _options.Pods(),
                Feed = Feed,
            },
            cancellationToken);
        _gateway = await LocalGateway.StartAsync(_cluster, _options.GatewayPort, cancellationToken);
        _registry = await StartRegistryAsync(cancellationToken);
        await Task.WhenAll(_options.Functions.Select(process => StartFunctionAsync(process.Name, cancellationToken)));
        _eventing = await LocalEventing.StartAsync(
            new EventingOptions
            {
                Definitions = _options.Applied,
                Cluster = _cluster.Address,
                Services = _options.Functions.SelectMany(process => process.Services).ToDictionary(name => name, Service),
                Port = Broker.Port,
                Feed = Feed,
            },
            cancellationToken);
    }

    private async Task<IAsyncDisposable> StartRegistryAsync(CancellationToken cancellationToken)
    {
        var webhook = new Uri(Service("harbor-push"), "/webhook");
        var directory = Path.Combine(_directory, "registry");
        if (RegistryProcess.IsInstalled && !_options.InProcessRegistry)
        {
            return await RegistryProcess.StartAsync(directory, Registry.Port, webhook, _webhookSecret, cancellationToken);
        }

        var settings = new InProcessRegistryOptions
        {
            Port = Registry.Port,
            Directory = directory,
            Notify = new WebhookSender(webhook, _webhookSecret).SendAsync,
        };
        var registry = await InProcessRegistry.StartAsync(settings, cancellationToken);
        Registry = registry.Address;
        return registry;
    }

    private static Uri Loopback(int port) => new($"http://127.0.0.1:{(port > 0 ? port : FreePort.Next())}");
}
