using Klever.Testing;
using Klever.Testing.Registry;

namespace Klever.CommandLine.Tests;

/// <summary>1 GB through the real program and the real registry: memory must not know of it.</summary>
[Trait("Category", "Large")]
public sealed class LargeModelTests : IDisposable
{
    private const long Length = 1L << 30;
    private const double MaximumMegabytes = 150;
    private const int BlockSize = 64 * 1024;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task PushExtractPullExport_OfOneGigabyte_StaysBelow150Megabytes()
    {
        await using var registry = await DockerRegistry.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        WriteModel();
        var reference = $"{registry.Host}/release/large:v1";
        var environment = new Dictionary<string, string>
        {
            ["PLAIN_HTTP"] = "true",
            ["ORMB_HOME"] = _directory.Combine("home"),
            ["TERMINATION_MESSAGE_PATH"] = _directory.Combine("termination"),
        };

        string[][] commands =
        [
            ["push", _directory.Combine("large"), reference],
            ["extract", reference],
            ["pull", reference],
            ["export", reference, "-o", _directory.Combine("out")],
        ];
        foreach (var command in commands)
        {
            var (exitCode, _, error, peak) = await KleverProcess.RunAsync(environment, command);

            Assert.True(exitCode == 0, error);
            Assert.InRange(peak, 10, MaximumMegabytes);
            TestContext.Current.TestOutputHelper?.WriteLine($"{command[0]}: {peak:F0} MB");
        }

        Assert.Equal(
            new FileInfo(_directory.Combine("large", "model", "net.onnx")).Length,
            new FileInfo(_directory.Combine("out", "model", "net.onnx")).Length);
    }

    // An ONNX file whose one initializer has 1 GB of values that shrink to a sixteenth: a quarter of a second to pack.
    private void WriteModel()
    {
        var path = _directory.Write("large/model/net.onnx", Head());
        using var file = new FileStream(path, FileMode.Append);
        var block = new byte[BlockSize];
        var random = new Random(1);
        for (long written = 0; written < Length; written += BlockSize)
        {
            random.NextBytes(block.AsSpan(0, BlockSize / 16));
            file.Write(block);
        }
    }

    // ModelProto: ir_version 8; graph { initializer { data_type FLOAT, name "w", raw_data … } }.
    private static byte[] Head()
    {
        byte[] tensor = [0x10, 0x01, 0x42, 0x01, (byte)'w', 0x4a, .. Varint(Length)];
        byte[] initializer = [0x2a, .. Varint(tensor.Length + Length), .. tensor];
        return [0x08, 0x08, 0x3a, .. Varint(initializer.Length + Length), .. initializer];
    }

    private static byte[] Varint(long value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        return [.. bytes, (byte)value];
    }
}
