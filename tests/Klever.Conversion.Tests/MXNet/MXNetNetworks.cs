using System.Text;

namespace Klever.Conversion.Tests.MXNet;

/// <summary>The blocks of known networks, with few channels so that the plain evaluation is quick.</summary>
internal sealed class MXNetNetworks
{
    private readonly StringBuilder _lines = new();
    private readonly Dictionary<string, int> _channels = new(StringComparer.Ordinal);
    private int _count;

    public MXNetNetworks(int batch, int channels, int side)
    {
        _lines.AppendLine($"input data {batch},{channels},{side},{side}");
        _channels["data"] = channels;
    }

    public TestSymbol Build(params string[] heads) =>
        new(_lines + (heads.Length == 0 ? "" : $"heads {string.Join(' ', heads)}\n"));

    public string Add(string operation, string attributes, params string[] inputs) =>
        Add(operation, attributes, _channels.GetValueOrDefault(inputs[0]), inputs);

    public string Add(string operation, string attributes, int channels, params string[] inputs)
    {
        var name = $"{operation.ToLowerInvariant()}{_count++}";
        _lines.AppendLine($"{name} = {operation}({string.Join(", ", inputs)}) {attributes}");
        _channels[name] = channels;
        return name;
    }

    public string Weight(string size, string kind = "weight")
    {
        var name = $"{kind}{_count++}";
        _lines.AppendLine($"{kind} {name} {size}");
        return name;
    }

    public string Conv(string from, int filters, int kernel, int stride = 1, int pad = 0, int group = 1)
    {
        var weight = Weight($"{filters},{_channels[from] / group},{kernel},{kernel}");
        return Add(
            "Convolution",
            $"kernel=({kernel},{kernel}) stride=({stride},{stride}) pad=({pad},{pad}) num_filter={filters} num_group={group}",
            filters, from, weight, Weight($"{filters}"));
    }

    public string Norm(string from, bool isFixed = false)
    {
        var size = $"{_channels[from]}";
        return Add(
            "BatchNorm", $"fix_gamma={(isFixed ? "True" : "False")} eps=2e-05",
            from, Weight(size, "positive"), Weight(size), Weight(size), Weight(size, "positive"));
    }

    public string Relu(string from) => Add("Activation", "act_type=relu", from);

    public string ConvNormRelu(string from, int filters, int kernel, int stride = 1, int pad = 0, int group = 1) =>
        Relu(Norm(Conv(from, filters, kernel, stride, pad, group), isFixed: _count % 2 == 0));

    public string Pool(string from, int kernel, int stride, string type = "max", string convention = "valid", int pad = 0) => Add(
        "Pooling",
        $"kernel=({kernel},{kernel}) stride=({stride},{stride}) pad=({pad},{pad}) pool_type={type} pooling_convention={convention}",
        from);

    public string Global(string from) => Add("Pooling", "global_pool=True kernel=(7,7) pool_type=avg", from);

    public string Concat(params string[] from) => Add("Concat", $"dim=1 num_args={from.Length}", from.Sum(f => _channels[f]), from);

    public string Sum(params string[] from) => Add("elemwise_add", "", from);

    public string Dense(string from, int inputs, int outputs) => Add(
        "FullyConnected", $"num_hidden={outputs}", outputs, from, Weight($"{outputs},{inputs}"), Weight($"{outputs}"));
}
