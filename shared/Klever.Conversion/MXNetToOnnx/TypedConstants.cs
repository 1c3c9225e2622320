using Klever.Conversion.Onnx;
using Klever.Formats.Shapes;

namespace Klever.Conversion.MXNetToOnnx;

/// <summary>Constants in the element type of what they meet; equal ones are one initializer.</summary>
internal sealed class TypedConstants(OnnxGraphBuilder onnx)
{
    /// <summary>Elements at most of what is written into a model beside its weights.</summary>
    private const long MaximumElements = 16 * 1024 * 1024;

    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    public string Scalar(double value, string dType) => Filled(value, dType, []);

    /// <summary>How many elements a constant has.</summary>
    /// <exception cref="Refusal">It is not known, or too many.</exception>
    public static int Count(params IReadOnlyList<long> size) => Window.Product(size) is >= 0 and <= MaximumElements and var count
        ? (int)count
        : throw new Refusal($"its size is not known, or more than {MaximumElements} elements");

    /// <summary>A tensor whose elements are all of one value.</summary>
    public string Filled(double value, string dType, long[] size)
    {
        var key = $"{dType}:{value:R}:{string.Join(',', size)}";
        if (!_names.TryGetValue(key, out var name))
        {
            var element = ElementBytes.Of(value, dType);
            var bytes = new byte[element.Length * Count(size)];
            for (var start = 0; start < bytes.Length; start += element.Length)
            {
                element.CopyTo(bytes, start);
            }

            name = onnx.Names.Get("constant");
            _names.Add(key, name);
            onnx.Initializers.Add(new OnnxTensor(name, OnnxTypes.Of(dType), size, TensorContent.Of(bytes)));
        }

        return name;
    }
}
