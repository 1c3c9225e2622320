using System.Diagnostics;
using System.Globalization;

namespace Klever.Benchmarks;

/// <summary>What a whole process took, start and end included.</summary>
/// <param name="Resident">Bytes at its largest (VmHWM); 0 where /proc is missing.</param>
public sealed record ProcessFigures(TimeSpan Elapsed, TimeSpan Processor, long Resident)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);

    /// <summary>Runs a program against servers without TLS, and throws when it does not end well.</summary>
    public static async Task<ProcessFigures> RunAsync(string program, params string[] arguments)
    {
        var watch = Stopwatch.StartNew();
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PLAIN_HTTP"] = "true";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        var (processor, resident) = (TimeSpan.Zero, 0L);
        while (!process.HasExited)
        {
            (processor, resident) = Look(process, processor, resident);
            await Task.WhenAny(process.WaitForExitAsync(), Task.Delay(Interval));
        }

        await output;
        return process.ExitCode == 0
            ? new ProcessFigures(watch.Elapsed, processor, resident)
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {await error}");
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Elapsed.TotalSeconds,7:0.00} s, {Processor.TotalSeconds,7:0.00} s of processor, {Resident / 1048576,5} MB resident");

    private static (TimeSpan Processor, long Resident) Look(Process process, TimeSpan processor, long resident)
    {
        try
        {
            process.Refresh();
            processor = process.TotalProcessorTime;
            var line = File.ReadLines($"/proc/{process.Id}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return (processor, line is null ? resident : long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1]) * 1024);
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return (processor, resident); // It has just ended, or there is no /proc.
        }
    }
}
