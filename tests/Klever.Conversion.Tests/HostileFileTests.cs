using System.Text;
using System.Text.RegularExpressions;
using Klever.Formats;
using Klever.Models;
using Klever.Samples;
using Klever.Testing;

namespace Klever.Conversion.Tests;

/// <summary>Files that were damaged at random, the same each time: a conversion ends well or with an error of its own.</summary>
public sealed class HostileFileTests
{
    private const int Mutations = 60;

    private static readonly string[] Numbers =
        ["0", "-1", "1", "2147483647", "-2147483648", "9223372036854775807", "18446744073709551616", "1e40", "nan", "(1,-2)", "None"];

    public static TheoryData<string, string, string> Files =>
    [
        .. from pair in FormatConversions.All
           where pair.From != ModelFormat.H5
           from file in SampleModels.Files(pair.From).Keys
           select (pair.From.Name, pair.To.Name, file),
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public void Convert_OfADamagedFile_EndsWellOrWithAnErrorOfItsOwn(string from, string to, string file)
    {
        var (format, random) = (ModelFormat.Parse(from), new Random(file.Length));
        var sound = SampleModels.Files(format)[file];
        using var directory = new TemporaryDirectory();
        SampleModels.Write(format, directory.Combine("source"));
        for (var i = 0; i < Mutations; i++)
        {
            var damaged = IsText(file) && i % 2 == 0 ? DamagedText(sound, random) : DamagedBytes(sound, random);
            directory.Write($"source/model/{file}", damaged);
            try
            {
                Convert(directory, format, ModelFormat.Parse(to));
            }
            catch (Exception exception) when (exception is ConversionException or ModelReadException)
            {
                Assert.False(Directory.Exists(directory.Combine("target", "model")) &&
                    Directory.EnumerateFiles(directory.Combine("target", "model")).Any(), exception.Message);
            }

            Directory.Delete(directory.Combine("target"), recursive: true);
        }
    }

    private static void Convert(TemporaryDirectory directory, ModelFormat from, ModelFormat to)
    {
        Directory.CreateDirectory(directory.Combine("target"));
        ModelConverters.Get(from, to).Convert(new ConversionRequest
        {
            SourceDirectory = directory.Combine("source"),
            TargetDirectory = directory.Combine("target"),
            Inputs = [new Tensor { Name = "data", DType = "float32", Size = [1, 1, 8, 8] }],
        });
    }

    private static bool IsText(string file) => file.EndsWith(".json", StringComparison.Ordinal) || file.EndsWith(".prototxt", StringComparison.Ordinal);

    private static byte[] DamagedText(byte[] sound, Random random)
    {
        var text = Encoding.UTF8.GetString(sound);
        var numbers = Regex.Matches(text, "-?[0-9]+");
        var place = numbers[random.Next(numbers.Count)];
        return Encoding.UTF8.GetBytes(text[..place.Index] + Numbers[random.Next(Numbers.Length)] + text[(place.Index + place.Length)..]);
    }

    private static byte[] DamagedBytes(byte[] sound, Random random)
    {
        var start = random.Next(sound.Length);
        var length = random.Next(1, 9);
        var junk = new byte[length];
        random.NextBytes(junk);
        return random.Next(4) switch
        {
            0 => sound[..start],
            1 => [.. sound[..start], .. junk, .. sound[start..]],
            2 => [.. sound[..start], .. sound[Math.Min(start + length, sound.Length)..]],
            _ => [.. sound[..start], .. junk, .. sound[Math.Min(start + length, sound.Length)..]],
        };
    }
}
