using System.Globalization;
using System.Text;
using Klever.Models;

namespace Klever.Functions.Models.Comparison;

/// <summary>Tensors as Go's <c>json.MarshalIndent(tensors, "", "\t")</c> writes ORMB's type: fields in their order, empty ones left out.</summary>
internal static class GoJson
{
    public static string Write(IReadOnlyList<Tensor> tensors)
    {
        var items = tensors.Select(tensor => Block('{', '}', 1, Fields(tensor)));
        return Block('[', ']', 0, items);
    }

    private static IEnumerable<string> Fields(Tensor tensor)
    {
        if (tensor.Name.Length > 0)
        {
            yield return Field("name", Text(tensor.Name));
        }

        if (tensor.Size is { Count: > 0 } size)
        {
            yield return Field("size", Block('[', ']', 2, size.Select(dimension => dimension.ToString(CultureInfo.InvariantCulture))));
        }

        if (tensor.DType is { Length: > 0 } type)
        {
            yield return Field("dType", Text(type));
        }

        if (tensor.OpType is { Length: > 0 } opType)
        {
            yield return Field("opType", Text(opType));
        }

        if (tensor.Values is { Count: > 0 } values)
        {
            yield return Field("values", Block('[', ']', 2, values.Select(Text)));
        }
    }

    private static string Field(string name, string value) => $"\"{name}\": {value}";

    // Empty lists and objects stay on one line.
    private static string Block(char open, char close, int depth, IEnumerable<string> items)
    {
        var indent = new string('\t', depth);
        var lines = items.Select(item => $"{indent}\t{item}").ToList();
        return lines.Count == 0 ? $"{open}{close}" : $"{open}\n{string.Join(",\n", lines)}\n{indent}{close}";
    }

    // encoding/json escapes what HTML and JavaScript would misread, and all other text stays as it is.
    private static string Text(string value)
    {
        var text = new StringBuilder("\"");
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append(@"\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                < ' ' or '<' or '>' or '&' or '\u2028' or '\u2029' => text.Append($"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        }

        return text.Append('"').ToString();
    }
}
