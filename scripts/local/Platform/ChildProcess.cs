using System.Diagnostics;

namespace Klever.Local.Platform;

/// <summary>A program of this platform that runs as a process of its own; its output goes to a file.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(10);
    private readonly Process _process;
    private readonly StreamWriter _log;

    private ChildProcess(Process process, StreamWriter log, string logFile)
    {
        _process = process;
        _log = log;
        LogFile = logFile;
    }

    public string LogFile { get; }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <param name="fileName">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Added to the environment of this process.</param>
    /// <param name="logFile">Gets everything that it prints.</param>
    /// <param name="heard">Hears each line of its standard output.</param>
    public static ChildProcess Start(
        string fileName,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string> environment,
        string logFile,
        Action<string>? heard = null)
    {
        var start = new ProcessStartInfo(fileName, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var log = new StreamWriter(logFile, append: true) { AutoFlush = true };
        var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) =>
        {
            Write(log, line.Data);
            if (line.Data is { } text)
            {
                heard?.Invoke(text);
            }
        };
        process.ErrorDataReceived += (_, line) => Write(log, line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new ChildProcess(process, log, logFile);
    }

    /// <summary>Waits until an address answers with any status below 500.</summary>
    /// <exception cref="InvalidOperationException">The process ended, or did not answer in time; the message has the end of its log.</exception>
    public async Task WaitUntilReadyAsync(Uri address, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
        var deadline = Stopwatch.StartNew();
        while (deadline.Elapsed < timeout && !_process.HasExited)
        {
            try
            {
                using var response = await client.GetAsync(address, cancellationToken);
                if ((int)response.StatusCode < 500)
                {
                    return;
                }
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException
                && !cancellationToken.IsCancellationRequested)
            {
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
        }

        var state = _process.HasExited ? $"ended with exit code {_process.ExitCode}" : $"did not answer at {address} within {timeout.TotalSeconds} s";
        throw new InvalidOperationException($"{Path.GetFileName(_process.StartInfo.FileName)} {state}: {Tail()}");
    }

    /// <summary>SIGTERM first, as Kubernetes does; SIGKILL when that is not heard.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            using var terminate = Process.Start("kill", ["-TERM", _process.Id.ToString()]);
            using var limit = new CancellationTokenSource(StopTimeout);
            await _process.WaitForExitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!_process.HasExited)
            {
                _process.Kill(entireProcessTree: true);
            }
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
        lock (_log)
        {
            _log.Dispose();
        }
    }

    private string Tail()
    {
        lock (_log)
        {
            return string.Join(Environment.NewLine, File.ReadLines(LogFile).TakeLast(10));
        }
    }

    private static void Write(StreamWriter log, string? line)
    {
        lock (log)
        {
            if (line is not null && log.BaseStream.CanWrite)
            {
                log.WriteLine(line);
            }
        }
    }
}
