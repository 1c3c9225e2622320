using System.Diagnostics;

namespace Klever.Functions.Tests;

/// <summary>A program that others wrote, or ours as others start it; tests with it are skipped, and say so, where it is not installed.</summary>
internal sealed record ExternalProgram(string Path, string Package)
{
    public static ExternalProgram Curl { get; } = new("/usr/bin/curl", "curl");

    public static ExternalProgram Skopeo { get; } = new("/usr/bin/skopeo", "skopeo");

    /// <summary>The one that runs the tests.</summary>
    public static ExternalProgram Dotnet { get; } = new(System.Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", "the .NET SDK");

    public static ExternalProgram Promtool { get; } = new("/usr/bin/promtool", "prometheus");

    public static ExternalProgram Prometheus { get; } = new("/usr/bin/prometheus", "prometheus");

    /// <summary>The command line as it was built with the tests.</summary>
    public static ExternalProgram Klever { get; } = new(System.IO.Path.Combine(AppContext.BaseDirectory, "klever"), "klever");

    /// <summary>Set for each run, above the environment of the tests.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    public void Require() => Assert.SkipUnless(File.Exists(Path), $"{Path} is missing; install the package {Package}");

    /// <summary>Runs it to its end: exit code, standard output and error.</summary>
    public async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }

    /// <summary>The same, for what must succeed.</summary>
    public async Task<string> SucceedAsync(params string[] arguments)
    {
        var (code, output, error) = await RunAsync(arguments);
        Assert.True(code == 0, $"{Path} {string.Join(' ', arguments)}: {error}{output}");
        return output;
    }
}
