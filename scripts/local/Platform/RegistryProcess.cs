namespace Klever.Local.Platform;

/// <summary>A docker-registry that tells the webhook of every push.</summary>
internal sealed class RegistryProcess : IAsyncDisposable
{
    private const string Program = "docker-registry";
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private readonly ChildProcess _process;

    private RegistryProcess(ChildProcess process) => _process = process;

    /// <summary>Whether the distribution's package is installed.</summary>
    public static bool IsInstalled => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(directory => File.Exists(Path.Combine(directory, Program)));

    public static async Task<RegistryProcess> StartAsync(
        string directory, int port, Uri webhook, string authorization, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(directory);
        var configuration = Path.Combine(directory, "config.yml");
        await File.WriteAllTextAsync(configuration, Configuration(directory, port, webhook, authorization), cancellationToken);
        var environment = new Dictionary<string, string> { ["OTEL_TRACES_EXPORTER"] = "none" };
        var process = ChildProcess.Start(Program, ["serve", configuration], environment, Path.Combine(directory, "registry.log"));
        await process.WaitUntilReadyAsync(new Uri($"http://127.0.0.1:{port}/v2/"), StartTimeout, cancellationToken);
        return new RegistryProcess(process);
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static string Configuration(string directory, int port, Uri webhook, string authorization) => $"""
        version: 0.1
        log: {"{level: warn}"}
        storage:
          filesystem: {"{"}rootdirectory: "{directory}/data"{"}"}
          delete: {"{enabled: true}"}
        http:
          addr: 127.0.0.1:{port}
          secret: one-machine-only
        notifications:
          events: {"{includereferences: true}"}
          endpoints:
            - name: harbor-push
              url: {webhook}
              headers: {"{"}Authorization: ["{authorization}"]{"}"}
              timeout: 3s
              threshold: 3
              backoff: 1s
              ignore: {"{mediatypes: [application/octet-stream], actions: [pull]}"}
        """;
}
