using Klever.Formats.MXNet;
using Klever.Formats.Tests.Protobuf;
using Klever.Models;

namespace Klever.Formats.Tests.MXNet;

public class ParamsReaderTests
{
    [Fact]
    public void Arrays_OfEveryVersion_AreListed()
    {
        var entries = Read(new ParamsText()
            .Add("arg:a", version: 0, [2, 3])
            .Add("arg:b", version: 1, [4])
            .Add("aux:c", version: 2, [5, 6], typeFlag: 2, elementBytes: 2)
            .Add("d", version: 3, [])
            .ToArray());

        Assert.Equal(["a", "b", "c", "d"], entries.Select(entry => entry.VariableName));
        Assert.Equal(["float32", "float32", "float16", "float32"], entries.Select(entry => entry.DType));
        Assert.Equal([24, 16, 60, 4], entries.Select(entry => entry.DataLength));
        Assert.Equal([[2, 3], [4], [5, 6], []], entries.Select(entry => entry.Size!));
    }

    [Fact]
    public void Array_ThatIsSparse_IsPassedOver()
    {
        byte[] sparse =
        [
            .. U32(0xF993FAC9), .. U32(1), .. U32(2), .. I64(2), .. I64(3), .. U32(2), .. I64(100), .. I64(3),
            .. U32(1), .. U32(0), .. U32(0), .. U32(6), .. U32(1), .. I64(2), .. new byte[24], .. new byte[16],
        ];

        var entries = Read(new ParamsText().AddRaw("arg:s", sparse).Add("arg:t", version: 2, [1]).ToArray());

        Assert.Equal([100, 3], entries[0].Size!);
        Assert.Equal(ParamsStorage.RowSparse, entries[0].Storage);
        Assert.Equal("t", entries[1].VariableName);
    }

    [Fact]
    public void Array_WithoutContent_HasNoSize()
    {
        var entries = Read(new ParamsText().AddRaw("arg:n", [.. U32(0xF993FAC9), .. U32(0), .. U32(0)]).ToArray());

        Assert.Null(entries.Single().Size);
    }

    [Fact]
    public void Archive_OfMXNet2_IsNamed()
    {
        var exception = Assert.Throws<ModelReadException>(() => Read([.. "PK\u0003\u0004"u8, .. new byte[20]]));

        Assert.Equal(ModelReadProblem.NotSupported, exception.Problem);
        Assert.Contains(".npz", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0x7FFFFFFFFFFFFFFFL, 2)]
    [InlineData(-1L, 2)]
    [InlineData(0x4000000000000000L, 4)]
    [InlineData(1000L, 1)]
    public void Array_OfImpossibleSize_IsRefused(long dimension, int rank)
    {
        byte[] array = [.. U32(0xF993FAC9), .. U32(0), .. U32((uint)rank), .. Enumerable.Repeat(I64(dimension), rank).SelectMany(d => d), .. new byte[12]];

        var exception = Assert.Throws<ModelReadException>(() => Read(new ParamsText().AddRaw("arg:n", array).ToArray()));

        Assert.Equal(ModelReadProblem.NotTheFormat, exception.Problem);
        Assert.Contains("array 0", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ManyArrays_ReachALimit()
    {
        byte[] file = [.. I64(0x112), .. I64(0), .. I64(long.MaxValue)];

        var exception = Assert.Throws<ModelReadException>(() => Read(file));

        Assert.Equal(ModelReadProblem.LimitExceeded, exception.Problem);
    }

    private static IReadOnlyList<ParamsEntry> Read(byte[] content)
    {
        using var stream = new ForwardStream(new MemoryStream(content));
        return ParamsReader.Read(new ModelFile(ModelFormat.MXNetParams, "model/n.params", content.Length, stream, ReadLimits.Default));
    }

    private static byte[] U32(uint value) => BitConverter.GetBytes(value);

    private static byte[] I64(long value) => BitConverter.GetBytes(value);
}
