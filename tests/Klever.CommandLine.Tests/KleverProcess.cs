using System.Diagnostics;
using System.Globalization;

namespace Klever.CommandLine.Tests;

/// <summary>Runs the program itself, as a Job does, and watches its memory.</summary>
internal static class KleverProcess
{
    private const int SampleMilliseconds = 10;

    private static string Executable => Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "klever.exe" : "klever");

    /// <returns>Exit code, standard output and error, and the peak of resident memory in MB (VmHWM).</returns>
    public static async Task<(int ExitCode, string Output, string Error, double PeakMegabytes)> RunAsync(
        IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var stop = TestContext.Current.CancellationToken;
        var start = new ProcessStartInfo(Executable, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(stop);
        var error = process.StandardError.ReadToEndAsync(stop);
        var exit = process.WaitForExitAsync(stop);
        var peak = 0.0;
        while (!exit.IsCompleted)
        {
            peak = Math.Max(peak, PeakMegabytes(process.Id));
            await Task.WhenAny(exit, Task.Delay(SampleMilliseconds, stop));
        }

        await exit;
        return (process.ExitCode, await output, await error, peak);
    }

    private static double PeakMegabytes(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : double.Parse(line.Split(' ')[^2], CultureInfo.InvariantCulture) / 1024;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
