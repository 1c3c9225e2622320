using System.Globalization;
using System.Text.RegularExpressions;
using Klever.Models;

namespace Klever.Functions.Models.Upload;

/// <summary>Which bytes of an archive a request brings: <c>Content-Range: bytes 0-1048575/4194304</c> (RFC 9110, section 14.4).</summary>
/// <param name="To">The last byte, as in the header.</param>
internal sealed partial record ChunkRange(long From, long To, long Total)
{
    public const string Header = "Content-Range";

    public long Size => To - From + 1;

    /// <summary>Null when the request brings the whole.</summary>
    /// <exception cref="BadHttpRequestException">It is malformed; 413 when the whole would be too large.</exception>
    public static ChunkRange? Read(HttpRequest request, long maximum)
    {
        var text = request.Headers[Header].ToString();
        if (text.Length == 0)
        {
            return null;
        }

        var match = Pattern().Match(text);
        if (!match.Success || !TryNumber(match, 1, out var from) || !TryNumber(match, 2, out var to) || !TryNumber(match, 3, out var total)
            || from > to || to >= total)
        {
            throw new BadHttpRequestException($"{Header} is \"{Excerpt.Of(text)}\"; expected bytes FIRST-LAST/TOTAL such as bytes 0-1023/4096.");
        }

        return total <= maximum ? new ChunkRange(from, to, total) : throw TooLarge(total, maximum);
    }

    public static BadHttpRequestException TooLarge(long length, long maximum) => new(
        $"The archive has {length} bytes; at most {maximum} are taken (Klever:Uploads:MaximumBytes).", StatusCodes.Status413PayloadTooLarge);

    private static bool TryNumber(Match match, int group, out long number) =>
        long.TryParse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    [GeneratedRegex(@"\Abytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18})\z")]
    private static partial Regex Pattern();
}
