using Klever.Models;
using Klever.Samples;

namespace Klever.Formats.Tests.Fuzzing;

/// <summary>Every reader, on files that are cut, bent or of another kind: it answers or says why not, in bounded time and memory.
/// A format joins by having a reader and a sample.</summary>
public sealed class DamagedModelTests
{
    /// <summary>Damaged files of each kind for each model; KLEVER_FUZZ_ROUNDS asks for more.</summary>
    private static readonly int Rounds =
        int.TryParse(Environment.GetEnvironmentVariable("KLEVER_FUZZ_ROUNDS"), out var rounds) ? rounds : 300;

    public static TheoryData<string> Formats =>
        [.. SampleModels.Formats.Where(ModelReaders.Supports).Select(format => format.Name).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Read_OfSample_IsAnswered(string format)
    {
        var signature = InMemoryModel.Read(ModelFormat.Parse(format), SampleModels.Files(ModelFormat.Parse(format)));

        Assert.NotEmpty(signature.Layers);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Read_OfFileCutAtAnyLength_IsAnsweredOrRefused(string format) => ForEachFile(format, (subject, path) =>
    {
        var content = subject.Content(path);
        var step = Math.Max(1, content.Length / (2 * Rounds));
        for (var length = 0; length < content.Length; length += step)
        {
            subject.Read(path, content[..length], $"cut at {length}");
        }
    });

    [Theory]
    [MemberData(nameof(Formats))]
    public void Read_OfFileWithFlippedBits_IsAnsweredOrRefused(string format) => ForEachRound(format, Damage.FlipBits);

    [Theory]
    [MemberData(nameof(Formats))]
    public void Read_OfSplicedFile_IsAnsweredOrRefused(string format) => ForEachRound(format, Damage.Splice);

    [Theory]
    [MemberData(nameof(Formats))]
    public void Read_OfFileWithHugeNumber_IsAnsweredOrRefused(string format) => ForEachRound(format, Damage.Inflate);

    [Theory]
    [MemberData(nameof(Formats))]
    public void Read_OfFileWithTail_IsAnsweredOrRefused(string format) => ForEachFile(format, (subject, path) =>
    {
        subject.Read(path, [.. subject.Content(path), .. new byte[4096]], "zeros appended");
        subject.Read(path, [.. subject.Content(path), .. subject.Content(path)], "written twice");
    });

    [Theory]
    [MemberData(nameof(Formats))]
    public void Read_OfFileOfAnotherKind_IsAnsweredOrRefused(string format) => ForEachFile(format, (subject, path) =>
    {
        foreach (var other in SampleModels.Formats)
        {
            foreach (var (otherPath, content) in SampleModels.Files(other))
            {
                subject.Read(path, content, $"replaced by {other} {otherPath}");
            }
        }
    });

    private static void ForEachRound(string format, Func<byte[], Random, byte[]> damage) => ForEachFile(format, (subject, path) =>
    {
        var content = subject.Content(path);
        for (var seed = 0; seed < Rounds && content.Length > 0; seed++)
        {
            subject.Read(path, damage(content, new Random(seed)), $"{damage.Method.Name} with seed {seed}");
        }
    });

    private static void ForEachFile(string format, Action<FuzzSubject, string> test)
    {
        foreach (var subject in FuzzSubject.All(ModelFormat.Parse(format)))
        {
            Assert.NotEmpty(subject.Paths);
            foreach (var path in subject.Paths)
            {
                test(subject, path);
            }
        }
    }
}
