namespace Klever.Formats.Tests.Fuzzing;

/// <summary>Ways to spoil a file, each decided by a generator with a fixed seed.</summary>
internal static class Damage
{
    private static readonly byte[][] HugeNumbers =
    [
        [0xff, 0xff, 0xff, 0xff],
        [0xff, 0xff, 0xff, 0x7f],
        [0x7f, 0xff, 0xff, 0xff],
        [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
        [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f],
        [0x00, 0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00],
        [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01],
    ];

    /// <summary>Turns one to eight bits over.</summary>
    public static byte[] FlipBits(byte[] content, Random random)
    {
        var damaged = (byte[])content.Clone();
        for (var count = random.Next(1, 9); count > 0 && damaged.Length > 0; count--)
        {
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
        }

        return damaged;
    }

    /// <summary>Replaces a stretch by a stretch from elsewhere in the file, of another length.</summary>
    public static byte[] Splice(byte[] content, Random random)
    {
        var (from, taken) = Stretch(content, random);
        var (to, removed) = Stretch(content, random);
        return [.. content[..to], .. content.AsSpan(from, taken), .. content[(to + removed)..]];
    }

    /// <summary>Puts a number that is far too large where another number may have been.</summary>
    public static byte[] Inflate(byte[] content, Random random)
    {
        var number = HugeNumbers[random.Next(HugeNumbers.Length)];
        var damaged = (byte[])content.Clone();
        var at = random.Next(damaged.Length);
        number.AsSpan(0, Math.Min(number.Length, damaged.Length - at)).CopyTo(damaged.AsSpan(at));
        return damaged;
    }

    private static (int Start, int Length) Stretch(byte[] content, Random random)
    {
        var start = random.Next(content.Length);
        return (start, random.Next(Math.Min(64, content.Length - start) + 1));
    }
}
