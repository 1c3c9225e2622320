using System.Globalization;

namespace Klever.Formats.TensorFlow;

/// <summary>An input of a node as NodeDef writes it: <c>node</c> (its output 0), <c>node:2</c>, or <c>^node</c> (a
/// control edge).</summary>
internal readonly record struct NodeInput(string Text)
{
    public bool IsControl => Text.StartsWith('^');

    /// <summary>Name of the node that the edge comes from.</summary>
    public ReadOnlySpan<char> Node
    {
        get
        {
            var start = IsControl ? 1 : 0;
            var colon = Text.IndexOf(':', start);
            return colon < 0 ? Text.AsSpan(start) : Text.AsSpan(start, colon - start);
        }
    }

    /// <summary>Which output of that node.</summary>
    public int Output
    {
        get
        {
            var colon = Text.LastIndexOf(':');
            var isNumber = int.TryParse(
                Text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var output);
            return colon >= 0 && isNumber ? output : 0;
        }
    }
}
