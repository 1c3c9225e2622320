using Klever.Conversion.Tests.NetDefToOnnx;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Klever.Conversion.Tests.Onnx;

/// <summary>Runs a model in ONNX Runtime.</summary>
internal static class OnnxRun
{
    /// <returns>The first output, its elements as float.</returns>
    public static Values Run(string path, IReadOnlyDictionary<string, Values> inputs)
    {
        using var options = new SessionOptions
        {
            IntraOpNumThreads = 1,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        using var session = new InferenceSession(path, options);
        using var results = session.Run([.. inputs
            .Where(input => session.InputMetadata.ContainsKey(input.Key))
            .Select(input => NamedOnnxValue.CreateFromTensor(
                input.Key, new DenseTensor<float>(
                    input.Value.Data, [.. input.Value.Size.Select(length => (int)length)])))]);
        return results[0].Value switch
        {
            Tensor<float> floats => Of(floats, value => value),
            Tensor<long> integers => Of(integers, value => value),
            Tensor<int> integers => Of(integers, value => value),
            Tensor<bool> flags => Of(flags, value => value ? 1 : 0),
            _ => throw new InvalidOperationException($"unexpected type {results[0].ElementType}"),
        };
    }

    /// <summary>Holds sizes to be equal and elements to agree within 1e-4 of the greatest.</summary>
    public static void AssertClose(Values expected, Values actual)
    {
        Assert.Equal(expected.Size, actual.Size);
        var tolerance = 1e-4f * Math.Max(1e-3f, expected.Data.Select(Math.Abs).DefaultIfEmpty().Max());
        for (var i = 0; i < expected.Data.Length; i++)
        {
            Assert.InRange(actual.Data[i], expected.Data[i] - tolerance, expected.Data[i] + tolerance);
        }
    }

    private static Values Of<T>(Tensor<T> tensor, Func<T, float> element) =>
        new([.. tensor.Dimensions.ToArray().Select(length => (long)length)], [.. tensor.ToArray().Select(element)]);
}
