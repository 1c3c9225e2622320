using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Klever.Testing.Registry;

/// <summary>The real docker-registry (distribution 2.8) on a free port of the loopback address, with its own directory. Tests that
/// start it are skipped, and say so, where it is not installed.</summary>
public sealed class DockerRegistry : IAsyncDisposable
{
    public const string User = "tester";
    public const string Password = "correct-horse";
    private const string Executable = "/usr/bin/docker-registry";
    private const int Starts = 3;

    // Of the password above, made with bcrypt; docker-registry takes no other hash.
    private const string HtpasswdLine = "tester:$2y$05$abcdefghijklmnopqrstuuZ0Fx87Pb/Aqb0E90lfvCwzXnaFKUHpS\n";
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly TemporaryDirectory _directory;

    private DockerRegistry(Process process, TemporaryDirectory directory, Uri address) =>
        (_process, _directory, Address) = (process, directory, address);

    /// <summary>Such as <c>http://127.0.0.1:40123/</c>.</summary>
    public Uri Address { get; }

    /// <summary>Host and port, as the first part of a model reference.</summary>
    public string Host => Address.Authority;

    public static async Task<DockerRegistry> StartAsync(
        DockerRegistryOptions? options = null, CancellationToken cancellationToken = default)
    {
        Assert.SkipUnless(File.Exists(Executable), $"{Executable} is missing; install the package docker-registry");
        for (var attempt = 1; ; attempt++)
        {
            var registry = Start(options ?? new DockerRegistryOptions());
            if (await registry.AnswersAsync(cancellationToken))
            {
                return registry;
            }

            await registry.DisposeAsync(); // Most likely another process took the port in between.
            Assert.True(attempt < Starts, "docker-registry does not start");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _directory.Dispose();
    }

    private static DockerRegistry Start(DockerRegistryOptions options)
    {
        var directory = new TemporaryDirectory();
        var port = FreePort();
        var configuration = directory.Write("config.yml", Configuration(options, directory, port));
        var start = new ProcessStartInfo(Executable, ["serve", configuration])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new DockerRegistry(process, directory, new Uri($"http://127.0.0.1:{port}/"));
    }

    private static string Configuration(DockerRegistryOptions options, TemporaryDirectory directory, int port)
    {
        var text = $$"""
            version: 0.1
            log: {level: error}
            storage:
              filesystem:
                rootdirectory: {{directory.Combine("data")}}
              delete: {enabled: true}
            http: {addr: "127.0.0.1:{{port}}", secret: "for-tests-only"}

            """;
        if (options.RequirePassword)
        {
            var htpasswd = directory.Write("htpasswd", HtpasswdLine);
            text += $"auth: {{htpasswd: {{realm: test, path: {htpasswd}}}}}\n";
        }

        if (options.NotifyUri is { } uri)
        {
            var headers = options.NotifyAuthorization is { } value ? $"headers: {{Authorization: [\"{value}\"]}}" : "";
            text += $$"""
                notifications:
                  events: {includereferences: true}
                  endpoints:
                    - name: test
                      url: {{uri}}
                      timeout: 2s
                      threshold: 3
                      backoff: 100ms
                      {{headers}}

                """;
        }

        return text;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < StartTimeout && !_process.HasExited;)
        {
            try
            {
                using var response = await http.GetAsync(new Uri(Address, "v2/"), cancellationToken);
                return !_process.HasExited;
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
            {
                await Task.Delay(50, cancellationToken);
            }
        }

        return false;
    }
}
