using Klever.Local.Broker.Definitions;
using Klever.Local.Broker.Delivery;
using Klever.Local.Broker.Sources;
using Klever.Local.Cluster.Access;
using Klever.Local.Feed;

namespace Klever.Local.Broker;

/// <summary>Knative Eventing on one machine, as far as <c>knative/</c> uses it: broker, Triggers, ApiServerSources, PingSources.</summary>
public sealed class LocalEventing : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Task> _work = [];
    private readonly SocketsHttpHandler _cluster = new();
    private readonly HttpClient _subscribers = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private WebApplication? _web;

    private LocalEventing()
    {
    }

    /// <summary>Base address of the ingress.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public static async Task<LocalEventing> StartAsync(EventingOptions options, CancellationToken cancellationToken = default)
    {
        var eventing = new LocalEventing();
        try
        {
            await eventing.BeginAsync(options, cancellationToken);
            return eventing;
        }
        catch
        {
            await eventing.DisposeAsync();
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

        foreach (var task in _work)
        {
            await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _cluster.Dispose();
        _subscribers.Dispose();
        _stopping.Dispose();
    }

    private async Task BeginAsync(EventingOptions options, CancellationToken cancellationToken)
    {
        var definitions = EventingDefinitions.Read(options.Definitions);
        var subscribers = new Subscribers(options.Services, broker => new Uri(Address, $"/{broker}"));
        var dispatcher = new Dispatcher(new EventClient(_subscribers), subscribers, options.Feed, options.Clock);
        var broker = new LocalBroker(definitions, dispatcher, options.Feed, options.Clock);
        var pings = new PingSources(definitions, broker.Accept, options.Clock);

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{options.Port}");
        _web = builder.Build();
        _web.MapBroker(broker, pings, options.Feed);
        _web.MapFeed(options.Feed, _stopping.Token);
        await _web.StartAsync(cancellationToken);
        Address = new Uri(_web.Urls.First());

        _work.Add(Task.Run(() => broker.RunAsync(_stopping.Token), CancellationToken.None));
        _work.Add(Task.Run(() => pings.RunAsync(_stopping.Token), CancellationToken.None));
        foreach (var source in definitions.ApiServerSources)
        {
            await BeginAsync(source, broker, options, cancellationToken);
        }
    }

    private async Task BeginAsync(
        ApiServerSourceDefinition source, LocalBroker broker, EventingOptions options, CancellationToken cancellationToken)
    {
        foreach (var resource in source.Resources)
        {
            var watch = new ApiServerSource(
                ClientOf(source, options.Cluster),
                source.Namespace,
                resource,
                cloudEvent => broker.Accept(source.Sink.Broker, cloudEvent),
                options.Clock);
            var version = await watch.PrepareAsync(cancellationToken);
            _work.Add(Task.Run(() => watch.RunAsync(version, _stopping.Token), CancellationToken.None));
        }
    }

    /// <summary>The cluster as the source's account sees it.</summary>
    private HttpClient ClientOf(ApiServerSourceDefinition source, Uri cluster) => new(_cluster, disposeHandler: false)
    {
        BaseAddress = cluster,
        Timeout = Timeout.InfiniteTimeSpan,
        DefaultRequestHeaders = { Authorization = new("Bearer", $"local:{AccessRules.UserName(source.Namespace, source.Account)}") },
    };
}
