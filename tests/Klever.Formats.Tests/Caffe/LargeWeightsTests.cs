using Klever.Formats.Protobuf;
using Klever.Formats.Tests.MXNet;
using Klever.Formats.Tests.Protobuf;
using Klever.Models;
using Klever.Samples;

namespace Klever.Formats.Tests.Caffe;

/// <summary>Weights of a gigabyte pass by in a forward stream without being held.</summary>
public class LargeWeightsTests
{
    private const long WeightBytes = 1L << 30;
    private const long MaximumAllocation = 4 * 1024 * 1024;

    [Fact]
    public void CaffeModel_OfAGigabyte_IsStreamed()
    {
        // layer (100) { name "fc" blobs (7) { data (5) … } }, its lengths written by hand
        byte[] data = [0x2A, .. Varint(WeightBytes)];
        byte[] blob = [0x3A, .. Varint(WeightBytes + data.Length)];
        byte[] name = [.. new ProtobufWriter().Text(1, "fc").Written];
        var layerLength = name.Length + blob.Length + data.Length + WeightBytes;
        byte[] header = [0xA2, 0x06, .. Varint(layerLength), .. name, .. blob, .. data];

        AssertStreams(ModelFormat.CaffeModel, "classifier.caffemodel", header, trailer: []);
    }

    [Fact]
    public void Params_OfAGigabyte_AreStreamed()
    {
        var small = new ParamsText().Add("arg:conv_weight", version: 2, [1]).ToArray();
        var header = small[..24].Concat(small[24..36]).Concat(BitConverter.GetBytes(WeightBytes / 4)).Concat(small[44..56]).ToArray();

        AssertStreams(ModelFormat.MXNetParams, "classifier-0000.params", header, small[60..]);
    }

    private static void AssertStreams(ModelFormat format, string weights, byte[] header, byte[] trailer)
    {
        var extractor = new SignatureExtractor(format, Signature.Empty);
        foreach (var (path, content) in SampleModels.Files(format).Where(file => file.Key != weights))
        {
            extractor.Accept($"model/{path}", content.Length, new MemoryStream(content));
        }

        using var stream = new ForwardStream(new PaddedStream(header, WeightBytes, trailer));
        var before = GC.GetAllocatedBytesForCurrentThread();

        extractor.Accept($"model/{weights}", header.Length + WeightBytes + trailer.Length, stream);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MaximumAllocation);
        Assert.NotEmpty(extractor.Complete().Signature.Layers);
    }

    private static byte[] Varint(long value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        bytes.Add((byte)value);
        return [.. bytes];
    }
}
