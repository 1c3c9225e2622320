using Klever.Conversion.Tests.MXNet.Evaluation;
using Klever.Formats;
using Klever.Formats.MXNet;
using Klever.Models;
using Klever.Testing;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Tensor = Klever.Models.Tensor;

namespace Klever.Conversion.Tests.MXNet;

/// <summary>Converts a symbol, runs the result in ONNX Runtime, and compares with the plain evaluation.</summary>
internal static class MXNetComparison
{
    private const double Tolerance = 1e-4;

    /// <summary>Sizes are declared with a batch of one, whatever batch is run: it stays free.</summary>
    public static void AssertSame(TestSymbol symbol, int? opset = null, int paramsVersion = 2, int? symbolVersion = 10500)
    {
        using var directory = new TemporaryDirectory();
        Convert(directory, symbol, ParamsBytes.Of(symbol.Weights, paramsVersion), opset, symbolVersion);

        var expected = Evaluate(symbol, symbolVersion);
        using var session = new InferenceSession(directory.Combine("target", "model", "model.onnx"));
        using var results = session.Run([.. symbol.Inputs.Where(session.InputMetadata.ContainsKey).Select(name => NamedOnnxValue.CreateFromTensor(
            name, new DenseTensor<float>(symbol.Variables[name].Elements, symbol.Variables[name].Size)))]);

        Assert.Equal(expected.Count, results.Count);
        foreach (var (wanted, result) in expected.Zip(results))
        {
            var given = result.AsTensor<float>();
            AssertClose(wanted, new Values(given.Dimensions.ToArray(), [.. given]), result.Name);
        }
    }

    public static ConversionException AssertRefused(TestSymbol symbol, int? opset = null)
    {
        using var directory = new TemporaryDirectory();
        var exception = Assert.Throws<ConversionException>(
            () => Convert(directory, symbol, ParamsBytes.Of(symbol.Weights), opset, symbolVersion: 10500));
        Assert.Empty(Directory.GetFileSystemEntries(directory.Combine("target")));
        return exception;
    }

    public static void Convert(
        TemporaryDirectory directory,
        TestSymbol symbol,
        byte[] parameters,
        int? opset = null,
        int? symbolVersion = 10500,
        string? declaredType = "float32")
    {
        directory.Write("source/model/net-symbol.json", symbol.ToJson(symbolVersion));
        directory.Write("source/model/net-0000.params", parameters);
        Directory.CreateDirectory(directory.Combine("target"));
        ModelConverters.Get(ModelFormat.MXNetParams, ModelFormat.Onnx).Convert(new ConversionRequest
        {
            SourceDirectory = directory.Combine("source"),
            TargetDirectory = directory.Combine("target"),
            Opset = opset,
            Inputs =
            [
                .. symbol.Inputs.Select(name => new Tensor
                {
                    Name = name,
                    DType = declaredType,
                    Size = [1, .. symbol.Variables[name].Size.Skip(1).Select(length => (long)length)],
                }),
            ],
        });
    }

    public static IReadOnlyList<Values> Evaluate(TestSymbol symbol, int? symbolVersion = 10500)
    {
        var json = symbol.ToJson(symbolVersion);
        using var content = new MemoryStream(json);
        var graph = SymbolReader.Read(
            new ModelFile(ModelFormat.MXNetParams, "model/net-symbol.json", json.Length, content, ReadLimits.Default));
        return SymbolEvaluator.Run(graph, symbol.Variables);
    }

    public static void AssertClose(Values expected, Values actual, string name)
    {
        Assert.Equal(expected.Size, actual.Size);
        var scale = Math.Max(expected.Elements.Max(Math.Abs), 1e-6);
        var difference = expected.Elements.Zip(actual.Elements, (e, a) => Math.Abs((double)e - a)).Max();
        Assert.True(difference <= Tolerance * scale, $"{name} differs by {difference} of {scale}");
    }
}
