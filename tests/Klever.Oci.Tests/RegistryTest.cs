using Klever.Registry;
using Klever.Testing;

namespace Klever.Oci.Tests;

/// <summary>What tests of the client against the in-process registry share: one registry, and clients of it.</summary>
public abstract class RegistryTest : IAsyncLifetime
{
    protected const string Name = "release/nlp/bert";
    protected const string Password = "p4ss-w0rd-of-test";
    private readonly List<RegistryClient> _clients = [];
    private InProcessRegistry? _registry;

    internal ImpatientTime Time { get; } = new();

    protected InProcessRegistry Registry => _registry!;

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    protected virtual InProcessRegistryOptions Options => new();

    public async ValueTask InitializeAsync() => _registry = await InProcessRegistry.StartAsync(Options, Stop);

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(c => c.Dispose());
        await Registry.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected RegistryClient Client(string? password = null, TimeSpan? activityTimeout = null)
    {
        var client = new RegistryClient(new RegistryOptions
        {
            Address = Registry.Address,
            Credential = password is null ? null : new RegistryCredential("robot$release+ci", password),
            ActivityTimeout = activityTimeout ?? TimeSpan.FromSeconds(30),
            Time = Time,
        });
        _clients.Add(client);
        return client;
    }

    protected RepositoryClient Repository(string? password = null) => Client(password).Repository(Name);

    protected static byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    protected static async Task<byte[]> ReadAllAsync(Stream stream)
    {
        await using (stream)
        {
            using var copy = new MemoryStream();
            await stream.CopyToAsync(copy, 10_000, Stop);
            return copy.ToArray();
        }
    }

    /// <summary>Pushes a model of a tiny config and one layer, and gives the manifest's descriptor.</summary>
    protected static async Task<(Descriptor Descriptor, ImageManifest Manifest)> PushModelAsync(
        RepositoryClient repository, string tag, byte[] layer)
    {
        var config = await repository.PushBlobAsync("{}"u8.ToArray(), "application/vnd.caicloud.model.config.v1alpha1+json", Stop);
        var content = await repository.PushBlobAsync(layer, "application/tar+gzip", Stop);
        var manifest = ImageManifest.Create(config, [content], mediaType: null);
        return (await repository.PushManifestAsync(tag, manifest.ToJson(), MediaTypes.ImageManifest, Stop), manifest);
    }
}
