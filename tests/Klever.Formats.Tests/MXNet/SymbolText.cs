using System.Text;
using Klever.Formats.Tests.Protobuf;
using Klever.Models;

namespace Klever.Formats.Tests.MXNet;

/// <summary>Symbols in short: one node a line, as <c>name = Operation(inputs) key=value key=value</c>.</summary>
internal static class SymbolText
{
    public static string ToJson(string lines, string attributesKey = "attrs")
    {
        var nodes = new List<string>();
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var (name, rest) = (line[..line.IndexOf('=')].Trim(), line[(line.IndexOf('=') + 1)..].Trim());
            var operation = rest[..rest.IndexOf('(')];
            var inputs = rest[(operation.Length + 1)..rest.IndexOf(')')]
                .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(input => input.Split(':'))
                .Select(input => $"[{names[input[0]]}, {(input.Length > 1 ? input[1] : "0")}, 0]");
            var attributes = rest[(rest.IndexOf(')') + 1)..]
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(pair => pair.Split('=', 2))
                .Select(pair => $"\"{pair[0]}\": \"{pair[1]}\"");
            names[name] = nodes.Count;
            nodes.Add(
                $$"""{"op": "{{operation}}", "name": "{{name}}", "{{attributesKey}}": {{{string.Join(", ", attributes)}}}, "inputs": [{{string.Join(", ", inputs)}}]}""");
        }

        return $$"""{"nodes": [{{string.Join(",\n", nodes)}}], "arg_nodes": [], "heads": [[{{nodes.Count - 1}}, 0, 0]]}""";
    }

    public static Signature Extract(string json, byte[]? parameters = null, params Tensor[] declared) => ModelBytes.Extract(
        ModelFormat.MXNetParams,
        new Dictionary<string, byte[]>
        {
            ["net-0000.params"] = parameters ?? new ParamsText().ToArray(),
            ["net-symbol.json"] = Encoding.UTF8.GetBytes(json),
        },
        new Signature { Inputs = declared });
}
