namespace Klever.Functions.HarborAgent;

/// <summary>The <c>realm</c> of a Bearer challenge (RFC 9110, section 11.6.1; RFC 6750): where clients fetch their tokens.</summary>
internal static class ChallengeRealm
{
    private const string Scheme = "Bearer ";
    private const string Name = "realm";

    /// <summary>The challenge with another realm; everything else, service and scope among it, byte for byte as it was.</summary>
    public static string Rewrite(string challenge, Func<string, string> rewrite)
    {
        if (!challenge.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return challenge;
        }

        for (var position = Scheme.Length; position < challenge.Length;)
        {
            var equals = challenge.IndexOf("=\"", position, StringComparison.Ordinal);
            var begin = equals + 2;
            var end = equals < 0 ? -1 : EndOfQuoted(challenge, begin);
            if (end < 0)
            {
                return challenge;
            }

            if (challenge.AsSpan(position, equals - position).Trim(" \t,").Equals(Name, StringComparison.OrdinalIgnoreCase))
            {
                return challenge[..begin] + rewrite(challenge[begin..end]) + challenge[end..];
            }

            position = end + 1;
        }

        return challenge;
    }

    private static int EndOfQuoted(string text, int begin)
    {
        for (var i = begin; i < text.Length; i++)
        {
            if (text[i] == '"')
            {
                return i;
            }

            i += text[i] == '\\' ? 1 : 0;
        }

        return -1;
    }
}
