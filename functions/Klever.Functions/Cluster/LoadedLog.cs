using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace Klever.Functions.Cluster;

/// <summary>What was loaded of a log.</summary>
/// <param name="IsCut">Whether a limit was reached, so that there may be more.</param>
internal sealed record LoadedLog(IReadOnlyList<LogLine> Lines, bool IsCut)
{
    private const int ChunkBytes = 16 * 1024;

    /// <summary>Instead of a log, what the cluster says about it.</summary>
    public static LoadedLog Of(string message) => new([new LogLine(LogLine.NoTime, message)], IsCut: false);

    /// <summary>Reads to the end and keeps the newest lines; memory stays within the limits, whatever the log is.</summary>
    /// <param name="position">From where the server was asked to read; it decides which limit cuts.</param>
    public static async Task<LoadedLog> ReadAsync(
        Stream log, string position, LogLimits limits, CancellationToken cancellationToken)
    {
        var lines = new Queue<LogLine>();
        var characters = 0;
        var bytes = 0L;
        var isDropped = false;
        await foreach (var (line, length) in LinesAsync(log, limits.LineBytes, cancellationToken))
        {
            bytes += length;
            if (line.Length > 0)
            {
                lines.Enqueue(LogLine.Parse(line));
                characters += line.Length;
            }

            while (lines.Count > limits.Lines && position != LogSelection.Beginning || characters > limits.Characters)
            {
                var dropped = lines.Dequeue();
                characters -= dropped.Content.Length + dropped.Timestamp.Length + 1;
                isDropped = true;
            }
        }

        return new LoadedLog([.. lines], position switch
        {
            LogSelection.Beginning => bytes >= limits.Bytes,
            LogSelection.End => isDropped || lines.Count >= limits.Lines,
            _ => false,
        });
    }

    private static async IAsyncEnumerable<(string Line, int Length)> LinesAsync(
        Stream log, int limit, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var chunk = new byte[ChunkBytes];
        var line = new ArrayBufferWriter<byte>();
        var length = 0;
        for (int count; (count = await log.ReadAsync(chunk, cancellationToken)) > 0;)
        {
            var rest = chunk.AsMemory(0, count);
            for (int end; (end = rest.Span.IndexOf((byte)'\n')) >= 0; rest = rest[(end + 1)..])
            {
                Append(rest[..end]);
                yield return Take(newLine: 1);
            }

            Append(rest);
        }

        if (length > 0)
        {
            yield return Take(newLine: 0);
        }

        void Append(ReadOnlyMemory<byte> part)
        {
            length += part.Length;
            line.Write(part.Span[..Math.Min(part.Length, limit - line.WrittenCount)]);
        }

        (string Line, int Length) Take(int newLine)
        {
            var taken = (Encoding.UTF8.GetString(line.WrittenSpan).TrimEnd('\r'), length + newLine);
            line.ResetWrittenCount();
            length = 0;
            return taken;
        }
    }
}
