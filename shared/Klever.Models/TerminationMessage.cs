using System.Buffers.Text;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Klever.Models;

/// <summary>Carries a <see cref="JobReport"/> through the 4096 bytes that Kubernetes keeps of a container's termination message.</summary>
/// <remarks>Three forms, told apart by their first character: the JSON itself; <c>z:</c> and gzip in base64url when the JSON has
/// more than <see cref="PlainLimit"/> bytes; <c>h:</c> and the SHA-256 of the JSON, which is then the last line of the log.</remarks>
public static class TerminationMessage
{
    /// <summary>Bytes that Kubernetes keeps (core/v1 Container, terminationMessagePath).</summary>
    public const int MaximumBytes = 4096;

    /// <summary>Bytes of JSON that are sent as they are.</summary>
    public const int PlainLimit = 3 * 1024;

    /// <summary>Bytes of a report at most, however it travels.</summary>
    public const int MaximumReportBytes = 4 * 1024 * 1024;

    private const string CompressedMark = "z:";
    private const string HashMark = "h:";

    /// <summary>The message, and the line that must go to the log when the message can only hold its hash.</summary>
    public static (string Message, string? LogLine) Encode(JobReport report)
    {
        var json = report.ToJson().ToJsonString();
        var bytes = Encoding.UTF8.GetBytes(json);
        if (bytes.Length <= PlainLimit)
        {
            return (json, null);
        }

        var compressed = CompressedMark + Base64Url.EncodeToString(Compress(bytes));
        return compressed.Length <= MaximumBytes ? (compressed, null) : (HashMark + Digest.Of(bytes).Hex, json);
    }

    /// <summary>Whether the report has to be read from the log.</summary>
    public static bool NeedsLog(string message) => message.StartsWith(HashMark, StringComparison.Ordinal);

    /// <param name="message">The termination message of the container.</param>
    /// <param name="lastLogLine">The last line of its log; looked at only when <see cref="NeedsLog"/>.</param>
    /// <exception cref="FormatException">It is no report, or the log line is not the one that was hashed.</exception>
    public static JobReport Decode(string message, string? lastLogLine = null)
    {
        var json = message switch
        {
            _ when NeedsLog(message) => Checked(lastLogLine, message[HashMark.Length..].Trim()),
            _ when message.StartsWith(CompressedMark, StringComparison.Ordinal) => Decompress(message[CompressedMark.Length..].Trim()),
            _ => message,
        };
        try
        {
            return JsonNode.Parse(json) is JsonObject document
                ? JobReport.FromJson(document)
                : throw new FormatException("the termination message is not a report.");
        }
        catch (JsonException exception)
        {
            throw new FormatException($"the termination message is not a report: \"{Excerpt.Of(message)}\".", exception);
        }
    }

    private static string Checked(string? line, string expectedHash)
    {
        var text = line?.TrimEnd('\r', '\n') ?? throw new FormatException("the report is in the log, but the log is gone.");
        return Digest.Of(Encoding.UTF8.GetBytes(text)).Hex == expectedHash
            ? text
            : throw new FormatException("the last line of the log is not the report that the termination message names.");
    }

    private static byte[] Compress(byte[] bytes)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.SmallestSize))
        {
            gzip.Write(bytes);
        }

        return target.ToArray();
    }

    private static string Decompress(string text)
    {
        try
        {
            using var gzip = new GZipStream(new MemoryStream(Base64Url.DecodeFromChars(text)), CompressionMode.Decompress);
            var buffer = new byte[MaximumReportBytes + 1];
            var length = gzip.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            return length <= MaximumReportBytes
                ? Encoding.UTF8.GetString(buffer, 0, length)
                : throw new FormatException($"the report is longer than {MaximumReportBytes} bytes.");
        }
        catch (InvalidDataException exception)
        {
            throw new FormatException("the termination message is not gzip in base64url.", exception);
        }
    }
}
