using Klever.Conversion.Onnx;

namespace Klever.Conversion.MXNetToOnnx;

/// <summary>Constants in the element type of what they meet; equal ones are one initializer.</summary>
internal sealed class TypedConstants(OnnxGraphBuilder onnx)
{
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    public string Scalar(double value, string dType) => Filled(value, dType, []);

    /// <summary>A tensor whose elements are all of one value.</summary>
    public string Filled(double value, string dType, long[] size)
    {
        var key = $"{dType}:{value:R}:{string.Join(',', size)}";
        if (!_names.TryGetValue(key, out var name))
        {
            var element = ElementBytes.Of(value, dType);
            var bytes = new byte[element.Length * size.Aggregate(1L, (product, dimension) => checked(product * dimension))];
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
