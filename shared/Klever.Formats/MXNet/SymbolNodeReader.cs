using System.Text.Json;

namespace Klever.Formats.MXNet;

/// <summary>Reads one node of a symbol. Its attributes are under <c>param</c> up to MXNet 0.8, <c>attr</c> up to 0.12,
/// then
/// <c>attrs</c>; where a file has several, the newer wins.</summary>
internal static class SymbolNodeReader
{
    private static readonly string[] Eras = ["param", "attr", "attrs"];

    public static SymbolNode Read(ref Utf8JsonReader json, SymbolJson pieces, ModelFile file, string place)
    {
        var start = json.TokenStartIndex;
        pieces.Expect(ref json, JsonTokenType.StartObject, place);
        var (operation, name) = (default(string), "");
        var inputs = new List<SymbolEntry>();
        var attributes = new Dictionary<string, string>?[Eras.Length];
        while (pieces.NextKey(ref json) is { } key)
        {
            switch (key)
            {
                case "op":
                    operation = pieces.RecurringText(ref json, key);
                    break;
                case "name":
                    name = pieces.Text(ref json, key);
                    break;
                case "inputs":
                    pieces.Entries(ref json, $"\"inputs\" of {place}", inputs);
                    break;
                case "param" or "attr" or "attrs":
                    ReadAttributes(ref json, pieces, key, ref attributes[Array.IndexOf(Eras, key)]);
                    break;
                default:
                    json.Skip();
                    break;
            }
        }

        return operation is null
            ? throw file.NotTheFormat($"{place} has no \"op\"", start)
            : new SymbolNode(operation, name, Merge(attributes), inputs);
    }

    private static void ReadAttributes(
        ref Utf8JsonReader json, SymbolJson pieces, string key, ref Dictionary<string, string>? target)
    {
        if (json.TokenType == JsonTokenType.Null)
        {
            return;
        }

        target ??= new Dictionary<string, string>(StringComparer.Ordinal);
        pieces.Texts(ref json, key, target);
    }

    private static SymbolAttributes Merge(Dictionary<string, string>?[] eras)
    {
        var found = eras.OfType<Dictionary<string, string>>().Where(era => era.Count > 0).ToList();
        if (found.Count == 0)
        {
            return SymbolAttributes.None;
        }

        foreach (var (name, value) in found.Skip(1).SelectMany(era => era))
        {
            found[0][name] = value;
        }

        return new SymbolAttributes(found[0]);
    }
}
