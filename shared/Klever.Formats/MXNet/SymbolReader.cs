using System.Text.Json;

namespace Klever.Formats.MXNet;

/// <summary>Reads <c>symbol.json</c> of MXNet 0.8 to 1.9 (nnvm, <c>saveload_json.cc</c>) without building its JSON
/// tree.</summary>
internal sealed class SymbolReader
{
    private const int BytesPerNode = 256;

    private readonly ModelFile _file;
    private readonly SymbolJson _pieces;
    private readonly List<SymbolNode> _nodes = [];
    private readonly List<SymbolEntry> _heads = [];
    private int _version;

    private SymbolReader(ModelFile file) => (_file, _pieces) = (file, new SymbolJson(file));

    /// <exception cref="ModelReadException">It is not a symbol.</exception>
    public static SymbolGraph Read(ModelFile file)
    {
        ReadOnlySpan<byte> text = WholeFile.Read(file);
        var mark = text.StartsWith("\uFEFF"u8) ? 3 : 0;
        var json = new Utf8JsonReader(text[mark..], new JsonReaderOptions { MaxDepth = file.Limits.MaximumDepth });
        try
        {
            return new SymbolReader(file).ReadGraph(ref json);
        }
        catch (JsonException exception)
        {
            throw file.NotTheFormat(
                $"not JSON: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine}", inner: exception);
        }
    }

    private SymbolGraph ReadGraph(ref Utf8JsonReader json)
    {
        json.Read();
        _pieces.Expect(ref json, JsonTokenType.StartObject, "the document");
        while (_pieces.NextKey(ref json) is { } key)
        {
            switch (key)
            {
                case "nodes":
                    ReadNodes(ref json);
                    break;
                case "heads":
                    _pieces.Entries(ref json, "\"heads\"", _heads);
                    break;
                case "attrs":
                    ReadVersion(ref json);
                    break;
                default:
                    json.Skip();
                    break;
            }
        }

        json.Read();
        Check();
        return new SymbolGraph(_nodes, _heads, _version);
    }

    private void ReadNodes(ref Utf8JsonReader json)
    {
        _pieces.Expect(ref json, JsonTokenType.StartArray, "\"nodes\"");
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (_nodes.Count == _file.Limits.MaximumNodes)
            {
                throw _file.LimitExceeded($"more than {_file.Limits.MaximumNodes} nodes", json.TokenStartIndex);
            }

            _pieces.Hold(BytesPerNode, ref json);
            _nodes.Add(SymbolNodeReader.Read(ref json, _pieces, _file, $"node {_nodes.Count}"));
        }
    }

    // "attrs": {"mxnet_version": ["int", 10500]}
    private void ReadVersion(ref Utf8JsonReader json)
    {
        _pieces.Expect(ref json, JsonTokenType.StartObject, "\"attrs\"");
        while (_pieces.NextKey(ref json) is { } key)
        {
            if (key != "mxnet_version" || json.TokenType != JsonTokenType.StartArray)
            {
                json.Skip();
                continue;
            }

            while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            {
                _version = json.TokenType == JsonTokenType.Number ? _pieces.Integer(ref json, key) : _version;
            }
        }
    }

    private void Check()
    {
        if (_nodes.Count == 0 || _heads.Count == 0)
        {
            throw _file.NotTheFormat($"no \"{(_nodes.Count == 0 ? "nodes" : "heads")}\" in it, so it is not an MXNet symbol");
        }

        foreach (var node in _nodes)
        {
            Check(node.Inputs, node.ToString());
        }

        Check(_heads, "heads");
    }

    private void Check(IReadOnlyList<SymbolEntry> entries, string place)
    {
        foreach (var entry in entries)
        {
            if (entry.Node < 0 || entry.Node >= _nodes.Count || entry.Output < 0)
            {
                throw _file.NotTheFormat(
                    $"{place} refers to output {entry.Output} of node {entry.Node}; there are {_nodes.Count} nodes");
            }
        }
    }
}
