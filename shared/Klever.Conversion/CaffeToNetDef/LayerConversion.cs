using Klever.Formats.Caffe;
using Klever.Formats.Caffe.TextFormat;
using Klever.Formats.Shapes;

namespace Klever.Conversion.CaffeToNetDef;

/// <summary>One Caffe layer on its way into the net: blobs by their names there, sizes, and weights.</summary>
internal sealed class LayerConversion(
    NetDraft net,
    CaffeLayer layer,
    IReadOnlyList<string> inputs,
    IReadOnlyList<long[]?> sizes,
    IReadOnlyList<string> outputs,
    IReadOnlyList<CaffeBlob> blobs)
{
    public CaffeLayer Layer => layer;

    public IReadOnlyList<string> Inputs => inputs;

    public IReadOnlyList<string> Outputs => outputs;

    public string Input => inputs.Count > 0 ? inputs[0] : throw new LayerRefusal("it takes no blob");

    public string Output => outputs.Count > 0 ? outputs[0] : throw new LayerRefusal("it gives no blob");

    public int BlobCount => blobs.Count;

    public TextMessage Parameter(string name) => layer.Parameters.Message(name);

    /// <summary>The size of a bottom, -1 where a dimension is not known.</summary>
    public long[] Size(int index = 0) => SizeOrNull(index)
        ?? throw LayerRefusal.OfSize("what it takes");

    public long[]? SizeOrNull(int index = 0) => index < sizes.Count ? sizes[index] : null;

    public int Axis(long axis, int index = 0) => Klever.Formats.Caffe.Shapes.LayerShapes.Axis(Size(index), axis)
        ?? throw new LayerRefusal($"axis {axis} does not exist");

    public CaffeBlob Blob(int index) => index < blobs.Count
        ? blobs[index]
        : throw new LayerRefusal(
            ConversionProblem.MissingWeight, $"the caffemodel holds {blobs.Count} weights for it; one more is needed");

    /// <summary>Adds a weight under the name of the layer; what lies in the file is copied from there.</summary>
    public string Weight(string ending, CaffeBlob blob, params long[] size)
    {
        if (Window.Product(size) != blob.Content.Count)
        {
            throw new LayerRefusal(
                ConversionProblem.WeightShapeMismatch,
                $"a weight of size [{string.Join(", ", blob.Size)}] is not one of [{string.Join(", ", size)}]");
        }

        return Weight(ending, blob.Content, size);
    }

    public string Weight(string ending, float[] values) => Weight(ending, FloatContent.Of(values), values.Length);

    private string Weight(string ending, FloatContent content, params long[] size)
    {
        var name = net.Names.Get(layer.Name + ending);
        net.Parameters.Add(new NetParameter(name, size, content));
        return name;
    }

    public void Emit(string type, IReadOnlyList<string> from, params NetArgument[] arguments) =>
        Add(type, from, [Output], arguments);

    /// <summary>Adds an operator on the way to the result, and gives the name of its blob.</summary>
    public string Step(string type, IReadOnlyList<string> from, params NetArgument[] arguments)
    {
        var name = Helper($"_{type.ToLowerInvariant()}");
        Add(type, from, [name], arguments);
        return name;
    }

    /// <summary>A name for an output that some operators have besides the result.</summary>
    public string Helper(string ending) => net.Names.Get(Output + ending);

    public void Add(string type, IReadOnlyList<string> from, IReadOnlyList<string> to, params NetArgument[] arguments) =>
        net.Operators.Add(new NetOperator(type, layer.Name, from, to, arguments));
}
