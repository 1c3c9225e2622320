using System.Runtime.CompilerServices;

namespace Klever.State;

/// <summary>What every store takes, whatever the component behind it could.</summary>
public static class StateLimits
{
    /// <summary>Characters of a key: long enough for a repository of 255 and a sha512 digest.</summary>
    public const int MaximumKeyLength = 480;

    public const int MaximumValueBytes = 1024 * 1024;

    /// <summary>Dapr joins application and key with this, so no key may hold it.</summary>
    public const string ReservedSequence = "||";

    internal static void CheckKey(string key, [CallerArgumentExpression(nameof(key))] string? name = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(key, name);
        if (key.Length > MaximumKeyLength)
        {
            throw new ArgumentException(
                $"a key of {key.Length} characters is too long; at most {MaximumKeyLength}.", name);
        }

        if (key.Contains(ReservedSequence, StringComparison.Ordinal) || key.Any(char.IsControl))
        {
            throw new ArgumentException($"a key must hold no {ReservedSequence} and no control characters.", name);
        }
    }

    internal static void CheckValue(
        ReadOnlyMemory<byte> value, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        if (value.Length > MaximumValueBytes)
        {
            throw new ArgumentException(
                $"a value of {value.Length} bytes is too long; at most {MaximumValueBytes}.", name);
        }
    }

    internal static void CheckTimeToLive(TimeSpan? timeToLive)
    {
        if (timeToLive <= TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(timeToLive), timeToLive, "a time to live must be above zero.");
        }
    }
}
