using Klever.Functions.Tests.Platform;
using Klever.Local.Platform;
using Klever.Testing;

[assembly: AssemblyFixture(typeof(PlatformFixture))]

namespace Klever.Functions.Tests.Platform;

/// <summary>One platform for all whole-app tests: the real registry where it is installed, the local cluster, the broker over
/// <c>knative/base</c>, and a process for each Service. Tests keep apart by their repositories.</summary>
public sealed class PlatformFixture : IAsyncLifetime
{
    /// <summary>The password that the functions have for the registry, which takes any.</summary>
    public const string ServicePassword = "service-pw-71c1d0";

    private readonly TemporaryDirectory _directory = new();
    private LocalPlatform? _platform;

    internal LocalPlatform Platform => _platform!;

    /// <summary>Logs of all processes, and what pods left.</summary>
    internal string Directory => _directory.Path;

    public async ValueTask InitializeAsync() => _platform = await LocalPlatform.StartAsync(
        Installation.Options() with
        {
            DataDirectory = _directory.Path,
            Settings = new Dictionary<string, string>
            {
                ["SERVER_ORMB_USERNAME"] = "robot$service",
                ["SERVER_ORMB_PASSWORD"] = ServicePassword,
            },
            Functions = [.. FunctionProcess.OnePerService.Where(process => process.Name is not "serving-events")],
        });

    public async ValueTask DisposeAsync()
    {
        if (_platform is not null)
        {
            await _platform.DisposeAsync();
        }

        _directory.Dispose();
    }
}
