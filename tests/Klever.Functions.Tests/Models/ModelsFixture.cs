using Klever.Functions.Tests.Models;
using Klever.Oci;
using Klever.Registry;
using Klever.Testing;

[assembly: AssemblyFixture(typeof(ModelsFixture))]

namespace Klever.Functions.Tests.Models;

/// <summary>The program on a real port, with small limits, before a registry in this process. Tests keep apart by their models.</summary>
public sealed class ModelsFixture : IAsyncLifetime
{
    public const int MaximumBytes = 400_000;
    public const int MaximumUnpackedBytes = 1_000_000;
    public const int MaximumEntries = 500;

    private readonly TemporaryDirectory _directory = new();
    private InProcessRegistry? _registry;
    private RegistryClient? _client;
    private KleverApp? _app;

    public InProcessRegistry Registry => _registry!;

    public HttpClient Http { get; private set; } = null!;

    public RepositoryClient Repository(string name) => _client!.Repository(name);

    public async ValueTask InitializeAsync()
    {
        _registry = await InProcessRegistry.StartAsync();
        _client = new RegistryClient(RegistryOptions.ForHost(_registry.Host, plainHttp: true));
        _app = new KleverApp(
            ("Klever:Registry:Address", _registry.Address.ToString()),
            ("Klever:State:Path", _directory.Combine("state.db")),
            ("Klever:Uploads:MaximumBytes", $"{MaximumBytes}"),
            ("Klever:Uploads:MaximumUnpackedBytes", $"{MaximumUnpackedBytes}"),
            ("Klever:Uploads:MaximumEntries", $"{MaximumEntries}"));
        _app.UseKestrel(0);
        _app.StartServer();
        Http = _app.CreateClient();
        Http.Timeout = TimeSpan.FromMinutes(2);
    }

    public async ValueTask DisposeAsync()
    {
        Http?.Dispose();
        _client?.Dispose();
        _app?.Dispose();
        await Registry.DisposeAsync();
        _directory.Dispose();
    }
}
