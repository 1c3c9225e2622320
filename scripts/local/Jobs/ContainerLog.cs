using System.Runtime.CompilerServices;
using System.Text;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Jobs;

/// <summary>The log of one run of a container: a file of lines, each behind the time it was written.</summary>
internal sealed class ContainerLog : IDisposable
{
    private static readonly TimeSpan FollowInterval = TimeSpan.FromMilliseconds(100);
    private readonly string _path;
    private readonly Lock _gate = new();
    private StreamWriter? _writer;

    private ContainerLog(string path, bool isOpen)
    {
        _path = path;
        if (isOpen)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            _writer = new StreamWriter(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
            {
                AutoFlush = true,
            };
        }
    }

    private bool IsOpen
    {
        get
        {
            lock (_gate)
            {
                return _writer is not null;
            }
        }
    }

    public static ContainerLog Create(string path) => new(path, isOpen: true);

    public static ContainerLog Closed(string path) => new(path, isOpen: false);

    public void Append(string line, DateTimeOffset time)
    {
        lock (_gate)
        {
            _writer?.WriteLine($"{Timestamp.Nanoseconds(time)} {line}");
        }
    }

    /// <summary>Ends the run: who follows the log is done with the last line.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _writer?.Dispose();
            _writer = null;
        }
    }

    /// <summary>The last lines, at most so many bytes: the fallback for a missing termination message.</summary>
    public string Tail(int lines, int bytes)
    {
        var text = string.Join('\n', File.ReadLines(_path).Select(l => Content(l)).TakeLast(lines));
        var encoded = Encoding.UTF8.GetBytes(text);
        return encoded.Length <= bytes ? text : Encoding.UTF8.GetString(encoded.AsSpan(encoded.Length - bytes));
    }

    public async IAsyncEnumerable<byte[]> ReadAsync(LogQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var budget = query.LimitBytes ?? long.MaxValue;
        var wasOpen = IsOpen;
        await using var file = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file);
        foreach (var line in await FirstLinesAsync(reader, query, cancellationToken))
        {
            var bytes = Shown(line, query, ref budget);
            if (bytes.Length > 0)
            {
                yield return bytes;
            }
        }

        while (query.Follow && wasOpen && budget > 0)
        {
            wasOpen = IsOpen;
            while (await reader.ReadLineAsync(cancellationToken) is { } line)
            {
                yield return Shown(line, query, ref budget);
            }

            if (wasOpen)
            {
                await Task.Delay(FollowInterval, cancellationToken);
            }
        }
    }

    private static async Task<IEnumerable<string>> FirstLinesAsync(StreamReader reader, LogQuery query, CancellationToken cancellationToken)
    {
        var lines = new Queue<string>();
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (query.Since is null || DateTimeOffset.Parse(line.AsSpan(0, line.IndexOf(' '))) >= query.Since)
            {
                lines.Enqueue(line);
            }

            if (lines.Count > query.TailLines)
            {
                lines.Dequeue();
            }
        }

        return lines;
    }

    private static byte[] Shown(string line, LogQuery query, ref long budget)
    {
        var bytes = Encoding.UTF8.GetBytes((query.Timestamps ? line : Content(line)) + "\n");
        bytes = bytes.Length <= budget ? bytes : bytes[..(int)budget];
        budget -= bytes.Length;
        return bytes;
    }

    private static string Content(string line) => line[(line.IndexOf(' ') + 1)..];
}
