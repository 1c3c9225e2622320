using Klever.Conversion.Tests.NetDefToOnnx;
using Klever.Conversion.Tests.Onnx;
using Klever.Models;
using Klever.Testing;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Tensor = Klever.Models.Tensor;

namespace Klever.Conversion.Tests.Caffe;

/// <summary>Every layer by itself and whole networks, compared with what OpenCV computed of the Caffe files.</summary>
public class CaffeGoldenTests
{
    public static TheoryData<string> Cases => GoldenCase.Names;

    [Theory]
    [MemberData(nameof(Cases))]
    public void NetDef_GivesTheNumbersOfCaffe(string name)
    {
        using var directory = new TemporaryDirectory();
        var golden = new GoldenCase(name);

        golden.Convert(directory);

        var blobs = NetFiles.Run(directory.Combine("netdef", "model"), golden.Inputs);
        foreach (var (blob, expected) in golden.Outputs)
        {
            OnnxRun.AssertClose(expected, blobs[blob]);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void NetDef_ConvertedOnToOnnx_GivesTheNumbersOfCaffe(string name)
    {
        using var directory = new TemporaryDirectory();
        var golden = new GoldenCase(name);
        golden.Convert(directory);
        Directory.CreateDirectory(directory.Combine("onnx"));
        var net = File.ReadAllText(directory.Combine("netdef", "model", "predict_net.pbtxt"));
        var inputs = golden.Inputs.Where(input => net.Contains($"external_input: \"{input.Key}\"", StringComparison.Ordinal)).ToList();

        ModelConverters.Get(ModelFormat.NetDef, ModelFormat.Onnx).Convert(new ConversionRequest
        {
            SourceDirectory = directory.Combine("netdef"),
            TargetDirectory = directory.Combine("onnx"),
            Inputs = [.. inputs.Select(input => new Tensor { Name = input.Key, DType = "float32", Size = input.Value.Size })],
        });

        using var session = new InferenceSession(directory.Combine("onnx", "model", "model.onnx"));
        using var results = session.Run([.. inputs.Select(input =>
            NamedOnnxValue.CreateFromTensor(
                input.Key, new DenseTensor<float>(input.Value.Data, [.. input.Value.Size.Select(length => (int)length)])))]);
        Assert.Equal(golden.Outputs.Keys.Order(StringComparer.Ordinal), results.Select(result => result.Name).Order(StringComparer.Ordinal));
        foreach (var result in results)
        {
            var given = result.AsTensor<float>();
            OnnxRun.AssertClose(
                golden.Outputs[result.Name],
                new Values([.. given.Dimensions.ToArray().Select(length => (long)length)], [.. given]));
        }
    }
}
