using Klever.Functions.Tests.Platform;
using Klever.Local.Platform;

[assembly: AssemblyFixture(typeof(PlatformFixture))]

namespace Klever.Functions.Tests.Platform;

/// <summary>One platform for all whole-app tests: the real registry where it is installed, the local cluster, the broker over
/// <c>knative/base</c>, and a process for each Service. Tests keep apart by their repositories.</summary>
public sealed class PlatformFixture : IAsyncLifetime
{
    private LocalPlatform? _platform;

    internal LocalPlatform Platform => _platform!;

    public async ValueTask InitializeAsync() => _platform = await LocalPlatform.StartAsync(
        Installation.Options() with
        {
            Functions = [.. FunctionProcess.OnePerService.Where(process => process.Name is not "serving-events")],
        });

    public async ValueTask DisposeAsync()
    {
        if (_platform is not null)
        {
            await _platform.DisposeAsync();
        }
    }
}
