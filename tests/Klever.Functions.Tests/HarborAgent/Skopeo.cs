using System.Diagnostics;

namespace Klever.Functions.Tests.HarborAgent;

/// <summary>The independent client of registries; tests with it are skipped, and say so, where it is not installed.</summary>
internal static class Skopeo
{
    private const string Executable = "/usr/bin/skopeo";

    public static void Require() => Assert.SkipUnless(File.Exists(Executable), $"{Executable} is missing; install the package skopeo");

    /// <summary>Runs it to its end: exit code, standard output and error.</summary>
    public static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Executable, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }

    /// <summary>The same, for what must succeed.</summary>
    public static async Task<string> SucceedAsync(params string[] arguments)
    {
        var (code, output, error) = await RunAsync(arguments);
        Assert.True(code == 0, error);
        return output;
    }
}
