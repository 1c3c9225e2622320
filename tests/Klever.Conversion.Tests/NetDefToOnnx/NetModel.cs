using Klever.Formats;
using Klever.Formats.NetDef;
using Klever.Formats.Protobuf;
using Klever.Models;
using Klever.Testing;

namespace Klever.Conversion.Tests.NetDefToOnnx;

/// <summary>A pair of nets that a test writes, with what it takes to run both them and what they are converted
/// to.</summary>
internal sealed class NetModel
{
    private readonly ProtobufWriter _init = new();
    private readonly ProtobufWriter _predict = new();
    private readonly Dictionary<string, Values> _weights = [];
    private readonly Dictionary<string, Values> _inputs = [];

    public NetModel Input(string name, params long[] size) => Input(name, Values.Random(seed: name[0], size));

    public NetModel Input(string name, Values values)
    {
        _inputs[name] = values;
        return this;
    }

    public NetModel Weight(string name, params long[] size) =>
        Weight(name, Values.Random(seed: name[^1] + name.Length, size));

    public NetModel Weight(string name, Values values)
    {
        _weights[name] = values;
        Fill(name, "GivenTensorFill", values, fill => fill.Message(5, a =>
        {
            a.Text(1, "values");
            foreach (var value in values.Data)
            {
                a.Float(5, value);
            }
        }));
        return this;
    }

    public NetModel IntegerWeight(string name, params long[] values)
    {
        var blob = new Values([values.Length], [.. values.Select(value => (float)value)]);
        _weights[name] = blob;
        Fill(name, "GivenTensorInt64Fill", blob, fill => fill.Message(5, a =>
        {
            a.Text(1, "values");
            foreach (var value in values)
            {
                a.Varint(6, value);
            }
        }));
        return this;
    }

    /// <param name="text">Such as <c>Conv x w b -> y kernel=3 pads=1,1,1,1 alpha=0.5f mode:edge</c>.</param>
    public NetModel Operator(string text)
    {
        _predict.Message(2, operation => NetText.Write(operation, text));
        return this;
    }

    public NetModel Output(string name)
    {
        _predict.Text(8, name);
        return this;
    }

    /// <summary>Adds anything to the init net.</summary>
    public NetModel Init(string text)
    {
        _init.Message(2, operation => NetText.Write(operation, text));
        return this;
    }

    /// <summary>Converts the nets into a directory.</summary>
    /// <returns>Path of the ONNX file.</returns>
    public string Convert(TemporaryDirectory directory, int? opset = null, IReadOnlyList<Tensor>? declared = null)
    {
        var init = _init.Written.Length > 0
            ? _init.ToArray()
            : new ProtobufWriter().Message(2, op => NetText.Write(op, "ConstantFill -> none shape=1")).ToArray();
        directory.Write("source/model/init_net.pb", init);
        directory.Write("source/model/predict_net.pb", _predict.Written);
        new Klever.Conversion.NetDefToOnnx.NetDefToOnnxConverter().Convert(new ConversionRequest
        {
            SourceDirectory = directory.Combine("source"),
            TargetDirectory = directory.Combine("target"),
            Inputs = declared ?? [.. _inputs.Select(
                input => new Tensor { Name = input.Key, DType = "float32", Size = input.Value.Size })],
            Opset = opset,
        });
        return directory.Combine("target", "model", "model.onnx");
    }

    /// <summary>What Caffe2 gives for the first output.</summary>
    public Values Evaluate(string output)
    {
        var bytes = _predict.ToArray();
        var net = NetReader.Read(new ModelFile(
            ModelFormat.NetDef, "model/predict_net.pb", bytes.Length, new MemoryStream(bytes), ReadLimits.Default));
        var blobs = _weights.Concat(_inputs).ToDictionary(pair => pair.Key, pair => pair.Value);
        NetEvaluator.Run(net, blobs);
        return blobs[output];
    }

    public IReadOnlyDictionary<string, Values> Inputs => _inputs;

    private void Fill(string name, string type, Values values, Action<ProtobufWriter> write) => _init.Message(2, fill =>
    {
        fill.Text(2, name).Text(4, type).Message(5, a =>
        {
            a.Text(1, "shape");
            foreach (var length in values.Size)
            {
                a.Varint(6, length);
            }
        });
        write(fill);
    });
}
