using Klever.Functions.Tests.Platform;
using Klever.Functions.Tests.Platform.Telemetry;
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

    /// <summary>Where <c>knative/base</c> is applied.</summary>
    internal const string Home = "default";

    /// <summary>The one project whose Jobs run in a namespace of their own.</summary>
    internal const string OtherProject = "elsewhere";

    internal const string OtherNamespace = "team-elsewhere";

    /// <summary>The Secret that Jobs in <see cref="OtherNamespace"/> pull with.</summary>
    internal const string OtherPullSecret = "ormb-elsewhere";

    private readonly TemporaryDirectory _directory = new();
    private LocalPlatform? _platform;
    private TraceCollector? _traces;

    /// <summary>What is applied where.</summary>
    internal static PlatformOptions Options { get; } = Installation.Options().WithProjects($"{OtherProject}={OtherNamespace}") with
    {
        Functions = FunctionProcess.OnePerService,
    };

    internal LocalPlatform Platform => _platform!;

    /// <summary>Logs of all processes, and what pods left.</summary>
    internal string Directory => _directory.Path;

    /// <summary>Where all processes export their spans to.</summary>
    internal TraceCollector Traces => _traces!;

    public async ValueTask InitializeAsync()
    {
        _traces = await TraceCollector.StartAsync();
        _platform = await LocalPlatform.StartAsync(
            Options with
            {
                DataDirectory = _directory.Path,
                Settings = new Dictionary<string, string>(Options.Settings.Concat(Traces.Settings))
                {
                    ["Klever__Jobs__PullSecrets"] = $"{OtherNamespace}={OtherPullSecret}",
                    ["SERVER_ORMB_USERNAME"] = "robot$service",
                    ["SERVER_ORMB_PASSWORD"] = ServicePassword,
                },
            });
    }

    public async ValueTask DisposeAsync()
    {
        if (_platform is not null)
        {
            await _platform.DisposeAsync();
        }

        if (_traces is not null)
        {
            await _traces.DisposeAsync();
        }

        _directory.Dispose();
    }
}
