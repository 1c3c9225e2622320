using System.Net;
using Klever.Formats.Protobuf;
using Klever.Models;
using Klever.OnnxServer;
using Klever.OnnxServer.Models;
using Klever.Samples;
using Klever.Testing;
using Microsoft.AspNetCore.Builder;

namespace Klever.Local.Tests.Onnx;

/// <summary>The server over the sample classifier and one Identity of each data type.</summary>
public sealed class OnnxServerFixture : IAsyncLifetime
{
    /// <summary>Name of the type in the protocol, and its number in ONNX (TensorProto.DataType).</summary>
    internal static readonly IReadOnlyDictionary<string, int> Types = new Dictionary<string, int>
    {
        ["FP32"] = 1,
        ["UINT8"] = 2,
        ["INT8"] = 3,
        ["UINT16"] = 4,
        ["INT16"] = 5,
        ["INT32"] = 6,
        ["INT64"] = 7,
        ["BYTES"] = 8,
        ["BOOL"] = 9,
        ["FP16"] = 10,
        ["FP64"] = 11,
        ["UINT32"] = 12,
        ["UINT64"] = 13,
        ["BF16"] = 16,
    };

    private readonly TemporaryDirectory _directory = new();
    private ModelRepository? _models;
    private WebApplication? _app;

    internal HttpClient Client { get; } = new();

    public async ValueTask InitializeAsync()
    {
        Write("classifier/1/model.onnx", [7]);
        Write("classifier/3/model.onnx", SampleModels.Files(ModelFormat.Onnx)["classifier.onnx"]);
        Write("external/1/model.onnx/model.onnx", Identity(1));
        foreach (var (name, number) in Types)
        {
            Write($"{name.ToLowerInvariant()}/1/model.onnx", Identity(number));
        }

        _models = ModelRepository.Load(_directory.Path);
        _app = InferenceServer.Create(
            new ServerArguments { Repository = _directory.Path, Address = IPAddress.Loopback, Port = 0 }, _models);
        await _app.StartAsync();
        Client.BaseAddress = new Uri(_app.Urls.First());
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app!.DisposeAsync();
        _models!.Dispose();
        _directory.Dispose();
    }

    internal static byte[] Identity(int type) => new ProtobufWriter()
        .Varint(1, 8)
        .Message(7, graph => graph
            .Message(1, node => node.Text(1, "x").Text(2, "y").Text(4, "Identity"))
            .Text(2, "identity")
            .Message(11, value => Value(value, "x", type))
            .Message(12, value => Value(value, "y", type)))
        .Message(8, opset => opset.Text(1, "").Varint(2, 13))
        .ToArray();

    private static void Value(ProtobufWriter value, string name, int type) => value
        .Text(1, name)
        .Message(2, t => t.Message(1, tensor => tensor.Varint(1, type).Message(2, shape =>
        {
            shape.Message(1, dimension => dimension.Text(2, "rows"));
            shape.Message(1, dimension => dimension.Text(2, "columns"));
        })));

    private void Write(string path, byte[] content)
    {
        var file = Path.Combine(_directory.Path, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, content);
    }
}
