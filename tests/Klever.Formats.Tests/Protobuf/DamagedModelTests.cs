using Klever.Models;
using Klever.Samples;

namespace Klever.Formats.Tests.Protobuf;

/// <summary>Whatever is done to the bytes of a model: an answer or a <see cref="ModelReadException"/>, soon and in
/// little memory.</summary>
public sealed class DamagedModelTests
{
    private const int Damages = 400;
    private const long MaximumBytes = 100 * 1024 * 1024;

    public static TheoryData<string> Formats => ["ONNX", "SavedModel", "GraphDef", "NetDef", "CaffeModel", "MXNetParams"];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Extract_OfAModelCutAnywhere_GivesAnAnswerOrAnError(string format)
    {
        foreach (var (path, content) in SampleModels.Files(ModelFormat.Parse(format)))
        {
            for (var length = 0; length < content.Length; length++)
            {
                TryExtract(ModelFormat.Parse(format), path, content[..length]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Extract_OfAModelWithFlippedBits_GivesAnAnswerOrAnError(string format)
    {
        var random = new Random(4711);
        foreach (var (path, content) in SampleModels.Files(ModelFormat.Parse(format)))
        {
            for (var i = 0; i < Damages; i++)
            {
                var damaged = content.ToArray();
                for (var flips = random.Next(1, 8); flips > 0; flips--)
                {
                    damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
                }

                TryExtract(ModelFormat.Parse(format), path, damaged);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Extract_OfAModelWithHostileNumbers_GivesAnAnswerOrAnError(string format)
    {
        byte[][] numbers =
        [
            [0xFF, 0xFF, 0xFF, 0xFF, 0x07], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F],
            [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01],
            [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80],
        ];
        foreach (var (path, content) in SampleModels.Files(ModelFormat.Parse(format)))
        {
            for (var place = 0; place < content.Length; place += 3)
            {
                foreach (var number in numbers)
                {
                    TryExtract(ModelFormat.Parse(format), path, [.. content[..place], .. number, .. content[place..]]);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Extract_OfMessagesInMessagesWithoutEnd_GivesAnAnswerOrAnError(string format)
    {
        foreach (var (path, _) in SampleModels.Files(ModelFormat.Parse(format)))
        {
            for (var tag = 0; tag < 256; tag++)
            {
                TryExtract(ModelFormat.Parse(format), path, Nested((byte)tag));
            }
        }
    }

    // Each message is one tag, one length and the next message: as deep as the bytes allow.
    private static byte[] Nested(byte tag)
    {
        var bytes = new byte[8000];
        for (var i = 0; i + 3 <= bytes.Length; i += 3)
        {
            var left = bytes.Length - i - 3;
            bytes[i] = tag;
            bytes[i + 1] = (byte)(left | 0x80);
            bytes[i + 2] = (byte)((left >> 7) & 0x7F);
        }

        return bytes;
    }

    private static void TryExtract(ModelFormat format, string damagedPath, byte[] damaged)
    {
        var files = SampleModels.Files(format).ToDictionary(
            file => file.Key, file => file.Key == damagedPath ? damaged : file.Value);
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            ModelBytes.Extract(format, files);
        }
        catch (ModelReadException exception)
        {
            Assert.StartsWith(format.Name, exception.Message, StringComparison.Ordinal);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MaximumBytes);
    }
}
