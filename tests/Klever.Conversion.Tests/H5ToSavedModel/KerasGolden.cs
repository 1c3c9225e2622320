using System.Text.Json.Nodes;
using Klever.Conversion.Tests.H5ToSavedModel.Evaluation;
using Klever.Samples;
using Klever.Testing;

namespace Klever.Conversion.Tests.H5ToSavedModel;

/// <summary>A golden of <c>tests/data/keras</c>: an architecture, and what TensorFlow.js answers for it. Weights and
/// inputs come from the generator that its script has too.</summary>
internal sealed class KerasGolden
{
    private const double Tolerance = 1e-5;

    private readonly JsonObject _golden;
    private readonly IReadOnlyList<(string Layer, IReadOnlyList<KerasWeight> Weights)> _weights;
    private uint _state = 12345;

    private KerasGolden(JsonObject golden)
    {
        _golden = golden;
        _weights = golden["weights"]!.AsArray().Select(group => (group!["layer"]!.GetValue<string>(), (IReadOnlyList<KerasWeight>)
            [.. group["weights"]!.AsArray().Select((weight, i) => Weight(weight!, i))])).ToList();
        File = FileOf(golden["config"]!);
        Inputs = [.. golden["inputs"]!.AsArray().Select(input => Input(input!))];
    }

    public static string Directory { get; } = Path.Combine(SharedFolder.Repository, "tests", "data", "keras");

    /// <summary>The H5 file.</summary>
    public byte[] File { get; }

    public IReadOnlyList<Value> Inputs { get; }

    public IReadOnlyList<Value> Outputs => [.. _golden["outputs"]!.AsArray().Select(output =>
        new Value(Shape(output!), [.. output!["values"]!.AsArray().Select(number => number!.GetValue<double>())]))];

    public static KerasGolden Open(string name) =>
        new(JsonNode.Parse(System.IO.File.ReadAllText(Path.Combine(Directory, name + ".json")))!.AsObject());

    /// <summary>Holds what the graph of a conversion gives to the answers of Keras.</summary>
    public void AssertAnswers(KerasConversion conversion)
    {
        var results = conversion.Run(Inputs).Values.ToList();

        Assert.Equal(Outputs.Count, results.Count);
        foreach (var (expected, actual) in Outputs.Zip(results))
        {
            Assert.Equal(expected.Shape, actual.Shape);
            var scale = Math.Max(1e-3, expected.Data.Max(Math.Abs));
            var worst = expected.Data.Zip(actual.Data).Max(pair => Math.Abs(pair.First - pair.Second));
            Assert.True(worst <= Tolerance * scale, $"differs by {worst} at a scale of {scale}");
        }
    }

    /// <summary>The same weights with another architecture.</summary>
    public byte[] FileOf(JsonNode config) => Write(config, _weights);

    /// <summary>A file whose layers list their weights twice.</summary>
    public byte[] FileWithDoubledWeights() => Write(
        _golden["config"]!, [.. _weights.Select(group => (group.Layer, (IReadOnlyList<KerasWeight>)[.. group.Weights, .. group.Weights]))]);

    /// <summary>Architectures in which one setting of one layer, or one argument of a call, is another.</summary>
    public IEnumerable<(JsonNode Config, string What)> Variants(IReadOnlyList<string> values)
    {
        foreach (var path in Arguments(_golden["config"]!["config"]!["layers"]!))
        {
            foreach (var value in values)
            {
                var config = _golden["config"]!.DeepClone();
                var target = path.SkipLast(1).Aggregate(config["config"]!["layers"]!, (node, step) => step is int i ? node[i]! : node[(string)step]!);
                if (path[^1] is int index)
                {
                    target.AsArray()[index] = JsonNode.Parse(value);
                }
                else
                {
                    target[(string)path[^1]] = JsonNode.Parse(value);
                }

                yield return (config, $"{string.Join('.', path)} = {value}");
            }
        }

        foreach (var (layer, key) in Settings(_golden["config"]!))
        {
            foreach (var value in values)
            {
                var config = _golden["config"]!.DeepClone();
                var settings = config["config"]!["layers"]!.AsArray()[layer]!["config"]!.AsObject();
                settings[key] = JsonNode.Parse(value);
                yield return (config, $"{settings["name"]}.{key} = {value}");
            }
        }
    }

    // Paths to everything inside of calls.
    private static IEnumerable<object[]> Arguments(JsonNode layers) => layers.AsArray()
        .SelectMany((layer, i) => Within(layer!["inbound_nodes"], [i, "inbound_nodes"]));

    private static IEnumerable<object[]> Within(JsonNode? node, object[] path) => node switch
    {
        JsonArray list => list.SelectMany((item, i) => Within(item, [.. path, i]).Prepend([.. path, i])),
        JsonObject fields => fields.SelectMany(field => Within(field.Value, [.. path, field.Key]).Prepend([.. path, field.Key])),
        _ => [],
    };

    private static IEnumerable<(int Layer, string Key)> Settings(JsonNode config) => config["config"]!["layers"]!.AsArray()
        .SelectMany((layer, i) => layer!["config"]!.AsObject()
            .Select(setting => setting.Key)
            .Where(key => key != "name" && !key.EndsWith("izer", StringComparison.Ordinal) && !key.EndsWith("constraint", StringComparison.Ordinal))
            .Select(key => (i, key)));

    private byte[] Write(JsonNode config, IReadOnlyList<(string Layer, IReadOnlyList<KerasWeight> Weights)> weights) =>
        KerasFile.Write(config.ToJsonString(), _golden["version"]!.GetValue<string>(), weights);

    private KerasWeight Weight(JsonNode weight, int index) => new(
        $"{index}_{weight["name"]!.GetValue<string>().Replace('/', '_')}:0",
        Shape(weight),
        [.. Numbers(weight).Select(number => (float)number)]);

    private Value Input(JsonNode input)
    {
        var numbers = Numbers(input);
        return new Value(Shape(input), [.. input["floor"]?.GetValue<bool>() == true ? numbers.Select(Math.Floor) : numbers]);
    }

    private double[] Numbers(JsonNode tensor)
    {
        var (low, high) = (tensor["range"]![0]!.GetValue<double>(), tensor["range"]![1]!.GetValue<double>());
        var numbers = new double[Shape(tensor).Aggregate(1, (a, b) => a * b)];
        for (var i = 0; i < numbers.Length; i++)
        {
            _state = unchecked((_state * 1664525) + 1013904223);
            numbers[i] = (float)(low + ((_state >> 8) / 16777216d * (high - low)));
        }

        return numbers;
    }

    private static int[] Shape(JsonNode tensor) => [.. tensor["shape"]!.AsArray().Select(size => size!.GetValue<int>())];
}
