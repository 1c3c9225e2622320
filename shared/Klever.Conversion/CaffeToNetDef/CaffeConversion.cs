using Klever.Conversion.CaffeToNetDef.Layers;
using Klever.Formats.Caffe;
using Klever.Formats.Caffe.Shapes;
using Klever.Formats.Caffe.TextFormat;

namespace Klever.Conversion.CaffeToNetDef;

/// <summary>Turns a Caffe network and its weights into a Caffe2 net; gathers what it cannot turn.</summary>
internal sealed class CaffeConversion
{
    private static readonly Dictionary<string, Action<LayerConversion>> Rules = WindowLayers.Table
        .Concat(WeightLayers.Table)
        .Concat(ElementLayers.Table)
        .Concat(AxisLayers.Table)
        .ToDictionary(StringComparer.Ordinal);

    // What only training and measuring need.
    private static readonly HashSet<string> Dropped = new(StringComparer.Ordinal)
    {
        "Accuracy", "Silence", "ContrastiveLoss", "EuclideanLoss", "HingeLoss", "InfogainLoss", "MultinomialLogisticLoss",
        "SigmoidCrossEntropyLoss", "SmoothL1Loss", "HDF5Output",
    };

    private readonly NetDraft _net;
    private readonly IReadOnlyDictionary<string, IReadOnlyList<CaffeBlob>> _weights;
    private readonly List<CaffeLayer> _layers;
    private readonly Dictionary<string, long[]?> _sizes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _current = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _writesLeft;

    /// <param name="inputs">Inputs of the network with their sizes, where known.</param>
    public CaffeConversion(
        CaffeNet net, IReadOnlyList<CaffeInput> inputs, IReadOnlyDictionary<string, IReadOnlyList<CaffeBlob>> weights)
    {
        _net = new NetDraft(net.Name.Length > 0 ? net.Name : "caffe");
        _weights = weights;
        _layers = [.. net.Layers.Where(layer => layer.Bottoms.Count > 0 && !Dropped.Contains(layer.Type))];
        _writesLeft = _layers.SelectMany(layer => layer.Tops)
            .CountBy(top => top, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        var taken = _layers.SelectMany(Bottoms).ToHashSet(StringComparer.Ordinal);
        foreach (var input in inputs.Where(input => taken.Contains(input.Name)))
        {
            _net.Names.Reserve(input.Name);
            _net.Inputs.Add((input.Name, input.Size));
            _sizes[input.Name] = input.Size;
            _current[input.Name] = input.Name;
        }
    }

    /// <summary>Types of the layers that can be converted.</summary>
    public static IReadOnlyCollection<string> Supported => Rules.Keys;

    public List<ConversionIssue> Issues { get; } = [];

    public NetDraft Convert()
    {
        foreach (var top in _writesLeft.Keys)
        {
            _net.Names.Reserve(top);
        }

        foreach (var layer in _layers)
        {
            Convert(layer);
        }

        FindEnds();
        return _net;
    }

    // SoftmaxWithLoss stands for the softmax in it; the label is for training.
    private static IEnumerable<string> Bottoms(CaffeLayer layer) =>
        layer.Type == "SoftmaxWithLoss" ? layer.Bottoms.Take(1) : layer.Bottoms;

    private void Convert(CaffeLayer layer)
    {
        var bottoms = Bottoms(layer).ToList();
        List<long[]?> sizes = [.. bottoms.Select(bottom => _sizes.GetValueOrDefault(bottom))];
        List<string> inputs = [.. bottoms.Select(bottom => _current.GetValueOrDefault(bottom, bottom))];
        List<string> outputs = [.. layer.Tops.Select(NameOf)];
        try
        {
            var rule = Rules.GetValueOrDefault(layer.Type)
                ?? throw new LayerRefusal(ConversionProblem.UnsupportedOperation, detail: null);
            rule(new LayerConversion(_net, layer, inputs, sizes, outputs, _weights.GetValueOrDefault(layer.Name) ?? []));
            Follow(layer, sizes, outputs);
        }
        catch (LayerRefusal refusal)
        {
            Issues.Add(refusal.ToIssue(layer));
            Follow(layer, sizes, outputs);
        }
        catch (TextFormatException exception)
        {
            Issues.Add(new ConversionIssue(ConversionProblem.CorruptFile, exception.Message, layer.Name, layer.Type));
        }
    }

    // Most operators of Caffe2 cannot write over what they read, so each write has a name of its own; the last has
    // that of the top.
    private string NameOf(string top)
    {
        _writesLeft[top]--;
        var isInput = _net.Inputs.Exists(input => input.Name == top);
        return _writesLeft[top] == 0 && !isInput ? top : _net.Names.Get(top + "_before");
    }

    private void Follow(CaffeLayer layer, IReadOnlyList<long[]?> bottoms, IReadOnlyList<string> outputs)
    {
        var sizes = CaffeShapes.Of(layer, bottoms);
        for (var i = 0; i < layer.Tops.Count; i++)
        {
            _current[layer.Tops[i]] = outputs[i];
            _sizes[layer.Tops[i]] = layer.Type == "SoftmaxWithLoss" ? bottoms[0] : i < sizes.Count ? sizes[i] : null;
        }
    }

    // In the order of the network, and without what operators give besides their results. An input of which only the
    // size was
    // of use, such as what Crop crops to, is none of the net.
    private void FindEnds()
    {
        var read = _net.Operators.SelectMany(operation => operation.Inputs).ToHashSet(StringComparer.Ordinal);
        _net.Inputs.RemoveAll(input => !read.Contains(input.Name));
        var written = _net.Operators.SelectMany(operation => operation.Outputs).ToHashSet(StringComparer.Ordinal);
        var ends = _layers.SelectMany(layer => layer.Tops).Select(top => _current.GetValueOrDefault(top, top)).Distinct();
        _net.Outputs.AddRange(ends.Where(name => written.Contains(name) && !read.Contains(name)));
    }
}
