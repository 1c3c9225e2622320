using Klever.Formats.Caffe.TextFormat;

namespace Klever.Formats.Caffe;

/// <summary>A network as Caffe would build it for the phase TEST.</summary>
/// <param name="Name">Empty when the file gives none.</param>
/// <param name="Inputs">In the order of the file: <c>input</c> fields, then the tops of layers that read or receive
/// data.</param>
/// <param name="Layers">Those of the phase, in the order of the file, with those that only declare inputs.</param>
internal sealed record CaffeNet(string Name, IReadOnlyList<CaffeInput> Inputs, IReadOnlyList<CaffeLayer> Layers)
{
    /// <exception cref="TextFormatException">The text is not a prototxt of a network.</exception>
    public static CaffeNet Parse(ReadOnlyMemory<byte> prototxt, ReadLimits limits)
    {
        var net = TextFormatParser.Parse(prototxt, limits);
        var all = CaffeLayers.Read(net);
        if (all.Count == 0)
        {
            throw new TextFormatException(new TextPosition(1, 1), "the file has no layer, so it does not describe a network");
        }

        if (all.Count > limits.MaximumNodes)
        {
            throw new TextFormatException(
                all[^1].Position, $"the network has more than {limits.MaximumNodes} layers", isLimit: true);
        }

        var phase = new CaffePhase(net.Message("state"));
        var layers = all.Where(layer => phase.Includes(layer.Parameters)).ToList();
        return new CaffeNet(net.Text("name") ?? "", CaffeInputs.Of(net, layers), layers);
    }

    /// <summary>Tops that no later layer takes. Caffe keeps them in a sorted set, so they come in the order of their
    /// names.</summary>
    public IReadOnlyList<string> Outputs()
    {
        var available = new SortedSet<string>(Inputs.Select(input => input.Name), StringComparer.Ordinal);
        foreach (var layer in Layers)
        {
            available.ExceptWith(layer.Bottoms);
            available.UnionWith(layer.Tops);
        }

        return [.. available];
    }
}
