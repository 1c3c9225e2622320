using System.Text;
using Klever.Formats.Protobuf;
using Klever.Models;

namespace Klever.Formats.Tests.Protobuf;

public sealed class ProtobufReaderTests
{
    [Fact]
    public void Values_AsWritten_AreRead()
    {
        var bytes = new ProtobufWriter()
            .Varint(1, -1).Varint(2, 300).Bool(3, value: true).Float(4, 1.5f).Double(5, -2.25)
            .Text(6, "größe").ToArray();
        var reader = Open(bytes);

        Assert.Equal(-1L, Next(reader, 1).ReadInt64("a"));
        Assert.Equal(300, Next(reader, 2).ReadInt32("b"));
        Assert.True(Next(reader, 3).ReadBool("c"));
        Assert.Equal(1.5f, Next(reader, 4).ReadFloat("d"));
        Assert.Equal(-2.25, Next(reader, 5).ReadDouble("e"));
        Assert.Equal("größe", Next(reader, 6).ReadName("f"));
        Assert.False(reader.NextField());
    }

    [Fact]
    public void Fields_ThatAreNotRead_ArePassedOver()
    {
        var bytes = new ProtobufWriter()
            .Bytes(1, new byte[200_000]).Double(2, 1).Float(3, 1).Varint(4, long.MaxValue).Text(5, "end").ToArray();
        var reader = Open(bytes);
        var seen = new List<int>();

        while (reader.NextField())
        {
            seen.Add(reader.Field);
        }

        Assert.Equal([1, 2, 3, 4, 5], seen);
    }

    [Fact]
    public void Group_OfOldWriters_IsPassedOverByNesting()
    {
        // 1: start group, 2: start group, 3: varint, end of 2, end of 1, 4: varint 7
        var reader = Open([0x0B, 0x13, 0x18, 0x01, 0x14, 0x0C, 0x20, 0x07]);

        Assert.True(reader.NextField());
        Assert.Equal(7, Next(reader, 4).ReadInt32("after"));
    }

    [Theory]
    [InlineData(new byte[] { 0x08, 0x01, 0x08, 0x02, 0x08, 0x03 })]
    [InlineData(new byte[] { 0x0A, 0x03, 0x01, 0x02, 0x03 })]
    [InlineData(new byte[] { 0x08, 0x01, 0x0A, 0x02, 0x02, 0x03 })]
    public void RepeatedNumbers_PackedOrNotOrBoth_AreOneList(byte[] bytes)
    {
        var reader = Open(bytes);
        var values = new List<long>();

        while (reader.NextField())
        {
            reader.ReadRepeatedInt64("values", values, maximum: 3);
        }

        Assert.Equal([1, 2, 3], values);
    }

    [Fact]
    public void RecurringNames_AreOneObject()
    {
        var reader = Open(new ProtobufWriter().Text(1, "Conv").Text(1, "Conv").ToArray());

        var first = Next(reader, 1).ReadRecurringName("op");
        var second = Next(reader, 1).ReadRecurringName("op");

        Assert.Equal("Conv", first);
        Assert.Same(first, second);
    }

    [Fact]
    public void Message_LeftEarly_IsLeftWhole()
    {
        var reader = Open(
            new ProtobufWriter().Message(1, m => m.Varint(1, 1).Text(2, "unread")).Varint(2, 9).ToArray());

        Next(reader, 1);
        foreach (var _ in reader.EnterMessage("message"))
        {
            break;
        }

        Assert.Equal(9, Next(reader, 2).ReadInt32("after"));
    }

    [Fact]
    public void Peek_AcrossTheEndOfTheBuffer_ShowsWhatIsReadNext()
    {
        var content = Enumerable.Range(0, 1000).Select(i => (byte)i).ToArray();
        var reader = Open(new ProtobufWriter().Bytes(1, new byte[65_000]).Bytes(2, content).Varint(3, 7).ToArray());

        Next(reader, 1);
        Next(reader, 2);

        Assert.False(reader.TryPeek(maximum: 999, out _));
        Assert.True(reader.TryPeek(maximum: 1000, out var peeked));
        Assert.Equal(content, peeked.ToArray());
        Assert.Equal(content, reader.ReadBytes("content", 1000));
        Assert.Equal(7, Next(reader, 3).ReadInt32("after"));
    }

    [Fact]
    public void Position_InAFileThatSeeks_CountsWhatWasPassedOver()
    {
        var bytes = new ProtobufWriter().Bytes(1, new byte[1_000_000]).Varint(2, 5).ToArray();
        var reader = new ProtobufReader(new ModelFile(
            ModelFormat.Onnx, "model/x.onnx", bytes.Length, new MemoryStream(bytes), ReadLimits.Default));

        reader.NextField();
        reader.NextField();

        Assert.Equal(bytes.Length - 1, reader.Position);
        Assert.Equal(5, reader.ReadInt32("after"));
    }

    [Theory]
    [InlineData(new byte[] { 0x3A, 0x05, 0x01 }, "ONNX model/x.onnx: field 7 (x) ends after the file, at byte 1")]
    [InlineData(new byte[] { 0x3A, 0xFF }, "ONNX model/x.onnx: a number is cut off, at byte 1")]
    [InlineData(new byte[] { 0x38, 0x01 }, "ONNX model/x.onnx: field 7 (x) is encoded as Varint, not Bytes, at byte 1")]
    [InlineData(new byte[] { 0x00 }, "ONNX model/x.onnx: no protobuf field starts here, at byte 0")]
    [InlineData(new byte[] { 0x0F }, "ONNX model/x.onnx: no protobuf field starts here, at byte 0")]
    [InlineData(
        new byte[] { 0x08, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01 },
        "ONNX model/x.onnx: field 1 (x) is encoded as Varint, not Bytes, at byte 1")]
    [InlineData(
        new byte[] { 0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01 },
        "ONNX model/x.onnx: a number has more than 10 bytes, at byte 1")]
    public void Damage_IsToldWithItsPlace(byte[] bytes, string message)
    {
        var reader = Open(bytes);

        var error = Assert.Throws<ModelReadException>(() =>
        {
            reader.NextField();
            reader.EnterMessage("x");
        });

        Assert.Equal(message, error.Message);
        Assert.Equal(ModelReadProblem.NotTheFormat, error.Problem);
    }

    [Fact]
    public void Damage_InsideAMessage_NamesTheMessage()
    {
        var reader = Open(new ProtobufWriter().Bytes(1, [0x12, 0x7F]).ToArray());

        var error = Assert.Throws<ModelReadException>(() =>
        {
            reader.NextField();
            foreach (var _ in reader.EnterMessage("graph"))
            {
                reader.ReadName("name");
            }
        });

        Assert.Equal(
            "ONNX model/x.onnx: field 2 (name) ends after the message around it (graph), at byte 3", error.Message);
    }

    [Fact]
    public void File_ShorterThanItsLength_SaysSo()
    {
        var reader = new ProtobufReader(new ModelFile(
            ModelFormat.Onnx, "model/x.onnx", Length: 100, new MemoryStream([0x0A, 0x20, 0x01]), ReadLimits.Default));

        var error = Assert.Throws<ModelReadException>(() => Next(reader, 1).ReadName("name"));

        Assert.Equal("ONNX model/x.onnx: the file ends before its 100 bytes, at byte 3", error.Message);
    }

    [Fact]
    public void File_ThatIsEmpty_SaysSo()
    {
        var error = Assert.Throws<ModelReadException>(() => Open([]));

        Assert.Equal("ONNX model/x.onnx: the file is empty, at byte 0", error.Message);
    }

    [Fact]
    public void File_ThatIsAGitLfsPointer_SaysSo()
    {
        var reader = Open(
            Encoding.UTF8.GetBytes("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"));

        var error = Assert.Throws<ModelReadException>(() => reader.NextField());

        Assert.Equal(
            "ONNX model/x.onnx: this is a Git LFS pointer, not the model; "
            + "run \"git lfs pull\" where it was cloned and push the model again",
            error.Message);
    }

    [Fact]
    public void Messages_NestedTooDeep_ReachTheLimit()
    {
        var reader = Open(Nested(depth: 20), new ReadLimits { MaximumDepth = 10 });

        var error = Assert.Throws<ModelReadException>(() => Descend(reader));

        Assert.Equal(ModelReadProblem.LimitExceeded, error.Problem);
        Assert.Contains("messages are nested deeper than 10 levels", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Name_LongerThanTheLimit_IsAnError()
    {
        var reader = Open(
            new ProtobufWriter().Text(1, new string('a', 100)).ToArray(), new ReadLimits { MaximumNameBytes = 99 });

        var error = Assert.Throws<ModelReadException>(() => Next(reader, 1).ReadName("name"));

        Assert.Equal("ONNX model/x.onnx: field 1 (name) has 100 bytes; at most 99 are read, at byte 1", error.Message);
    }

    [Fact]
    public void Names_ThatAreManyAndEmpty_ReachTheLimitOfWhatIsHeld()
    {
        var bytes = new byte[20_000];
        Array.Fill(bytes, (byte)0x0A);
        for (var i = 1; i < bytes.Length; i += 2)
        {
            bytes[i] = 0;
        }

        var reader = Open(bytes, new ReadLimits { MaximumMetadataBytes = 32_000 });

        var error = Assert.Throws<ModelReadException>(() =>
        {
            while (reader.NextField())
            {
                reader.ReadName("name");
            }
        });

        Assert.Contains(
            "names and attributes take more than 32000 bytes of memory", error.Message, StringComparison.Ordinal);
    }

    private static byte[] Nested(int depth)
    {
        var bytes = new ProtobufWriter().Varint(1, 1).ToArray();
        for (var i = 0; i < depth; i++)
        {
            bytes = new ProtobufWriter().Bytes(1, bytes).ToArray();
        }

        return bytes;
    }

    private static void Descend(ProtobufReader reader)
    {
        reader.NextField();
        foreach (var _ in reader.EnterMessage("level"))
        {
            DescendFurther(reader);
        }
    }

    private static void DescendFurther(ProtobufReader reader)
    {
        foreach (var _ in reader.EnterMessage("level"))
        {
            DescendFurther(reader);
        }
    }

    private static ProtobufReader Next(ProtobufReader reader, int field)
    {
        Assert.True(reader.NextField());
        Assert.Equal(field, reader.Field);
        return reader;
    }

    private static ProtobufReader Open(byte[] bytes, ReadLimits? limits = null) => new(new ModelFile(
        ModelFormat.Onnx,
        "model/x.onnx",
        bytes.Length,
        new ForwardStream(new MemoryStream(bytes)),
        limits ?? ReadLimits.Default));
}
