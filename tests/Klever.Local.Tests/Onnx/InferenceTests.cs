using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Klever.Models;
using Klever.OnnxServer;
using Klever.OnnxServer.Models;
using Klever.Samples;
using Klever.Testing;
using Microsoft.ML.OnnxRuntime;

namespace Klever.Local.Tests.Onnx;

/// <summary>The Open Inference Protocol v2, with JSON and with binary tensors.</summary>
public sealed class InferenceTests(OnnxServerFixture server) : IClassFixture<OnnxServerFixture>
{
    private const string HeaderLength = "Inference-Header-Content-Length";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/v2/health/live", 200, "")]
    [InlineData("/v2/health/ready", 200, "")]
    [InlineData("/v2", 200, """{"name":"klever-onnx","version":"0.1.0","extensions":["binary_tensor_data"]}""")]
    [InlineData("/v2/models/classifier/ready", 200, "")]
    [InlineData("/v2/models/classifier/versions/3/ready", 200, "")]
    [InlineData("/v2/models/classifier", 200, """{"name":"classifier","versions":["3"],"platform":"onnxruntime_onnx","inputs":[{"name":"image","datatype":"FP32","shape":[-1,1,8,8]}],"outputs":[{"name":"probabilities","datatype":"FP32","shape":[-1,3]}]}""")]
    [InlineData("/v2/models/external/ready", 200, "")]
    [InlineData("/v2/models/absent/ready", 404, null)]
    [InlineData("/v2/models/classifier/versions/1", 404, null)]
    public async Task Get_AnswersAsTheProtocolSays(string path, int status, string? body)
    {
        using var response = await server.Client.GetAsync(path, Token);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(body ?? await response.Content.ReadAsStringAsync(Token), await response.Content.ReadAsStringAsync(Token));
    }

    [Fact]
    public async Task Infer_WithJsonOrBinary_GivesTheNumbersOfOnnxRuntime()
    {
        var image = Enumerable.Range(0, 128).Select(i => MathF.Sin(i)).ToArray();
        var expected = Direct(image);

        var (_, json) = await InferAsync("classifier", Request("image", "FP32", [2, 1, 8, 8], string.Join(',', image.Select(v => v.ToString("R", CultureInfo.InvariantCulture)))));
        var header = """{"inputs":[{"name":"image","datatype":"FP32","shape":[2,1,8,8],"parameters":{"binary_data_size":512}}],"outputs":[{"name":"probabilities","parameters":{"binary_data":true}}]}""";
        var bytes = image.SelectMany(BitConverter.GetBytes).ToArray();
        var (answer, tail) = await InferBinaryAsync("classifier", header, bytes);

        Assert.Equal(expected, json["outputs"]![0]!["data"]!.AsArray().Select(v => (float)v!));
        Assert.Equal(24, (int?)answer["outputs"]![0]!["parameters"]!["binary_data_size"]);
        Assert.Equal(expected, Enumerable.Range(0, 6).Select(i => BitConverter.ToSingle(tail, i * 4)));
    }

    [Theory]
    [InlineData("BOOL", "true,false,1,0", "true,false,true,false")]
    [InlineData("UINT8", "0,255,1,2", null)]
    [InlineData("UINT16", "0,65535,1,2", null)]
    [InlineData("UINT32", "0,4294967295,1,2", null)]
    [InlineData("UINT64", "0,18446744073709551615,1,2", null)]
    [InlineData("INT8", "-128,127,1,2", null)]
    [InlineData("INT16", "-32768,32767,1,2", null)]
    [InlineData("INT32", "-2147483648,2147483647,1,2", null)]
    [InlineData("INT64", "-9223372036854775808,9223372036854775807,1,2", null)]
    [InlineData("FP32", "0.1,-1E-10,3.4028235E+38,2", null)]
    [InlineData("FP64", "0.1,-1E-300,1.7976931348623157E+308,2", null)]
    [InlineData("BYTES", "\"\",\"a\",\"\\u00E9\",\"{}\"", null)]
    public async Task Infer_OfEveryType_BringsValuesThroughUnchanged(string type, string values, string? expected)
    {
        var (status, body) = await InferAsync(type.ToLowerInvariant(), Request("x", type, [2, 2], values));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(type, (string?)body["outputs"]![0]!["datatype"]);
        Assert.Equal($"[{expected ?? values}]", body["outputs"]![0]!["data"]!.ToJsonString());
    }

    public static TheoryData<string> Types => [.. OnnxServerFixture.Types.Keys];

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Infer_WithBytesOfEveryType_GivesTheSameBytes(string type)
    {
        var size = type is "BOOL" or "UINT8" or "INT8" ? 1 : type.EndsWith("64", StringComparison.Ordinal) ? 8 : type.EndsWith("16", StringComparison.Ordinal) ? 2 : 4;
        byte[] bytes = type == "BYTES"
            ? [1, 0, 0, 0, (byte)'a', 0, 0, 0, 0]
            : [.. Enumerable.Range(0, 2 * size).Select(i => (byte)(i % 2))];
        var header = $$$"""{"parameters":{"binary_data_output":true},"id":"7","inputs":[{"name":"x","datatype":"{{{type}}}","shape":[1,2],"parameters":{"binary_data_size":{{{bytes.Length}}}}}]}""";

        var (answer, tail) = await InferBinaryAsync(type.ToLowerInvariant(), header, bytes);

        Assert.Equal("7", (string?)answer["id"]);
        Assert.Equal(bytes, tail);
    }

    [Fact]
    public async Task Infer_WithNestedData_ReadsItInRowOrder()
    {
        var (_, body) = await InferAsync("int32", """{"inputs":[{"name":"x","datatype":"INT32","shape":[2,2],"data":[[1,2],[3,4]]}]}""");

        Assert.Equal("[1,2,3,4]", body["outputs"]![0]!["data"]!.ToJsonString());
    }

    [Theory]
    [InlineData("fp32", "hello", "is not one for inference")]
    [InlineData("fp32", "[]", "is not one for inference")]
    [InlineData("fp32", "{}", "is not one for inference")]
    [InlineData("fp32", """{"inputs":[{"name":"x"}]}""", "is not one for inference")]
    [InlineData("fp32", """{"inputs":[]}""", "fp32")]
    [InlineData("fp32", """{"inputs":[{"name":"z","datatype":"FP32","shape":[1,1],"data":[1]}]}""", "fp32 has no input \"z\"; it has x.")]
    [InlineData("fp32", """{"inputs":[{"name":"x","datatype":"FP8","shape":[1,1],"data":[1]}]}""", "FP8 is no data type of the protocol")]
    [InlineData("fp32", """{"inputs":[{"name":"x","datatype":"INT32","shape":[1,1],"data":[1]}]}""", "input x is INT32, but fp32 takes FP32.")]
    [InlineData("fp32", """{"inputs":[{"name":"x","datatype":"FP32","shape":[1,2],"data":[1]}]}""", "input x has 1 values, but its shape [1, 2] of FP32 asks for 2.")]
    [InlineData("fp32", """{"inputs":[{"name":"x","datatype":"FP32","shape":[1,1],"data":["1"]}]}""", "input x: \"1\" is no FP32.")]
    [InlineData("int8", """{"inputs":[{"name":"x","datatype":"INT8","shape":[1,1],"data":[128]}]}""", "input x: 128 is no INT8.")]
    [InlineData("bool", """{"inputs":[{"name":"x","datatype":"BOOL","shape":[1,1],"data":[2]}]}""", "input x: 2 is no BOOL.")]
    [InlineData("bytes", """{"inputs":[{"name":"x","datatype":"BYTES","shape":[1,1],"data":[2]}]}""", "input x: 2 is no text.")]
    [InlineData("fp16", """{"inputs":[{"name":"x","datatype":"FP16","shape":[1,1],"data":[1]}]}""", "FP16 has no JSON form; send it as binary data.")]
    [InlineData("fp32", """{"inputs":[{"name":"x","datatype":"FP32","shape":[-1,1],"data":[1]}]}""", "the shape [-1, 1] is out of range.")]
    [InlineData("fp32", """{"inputs":[{"name":"x","datatype":"FP32","shape":[4294967296,4294967296],"data":[1]}]}""", "is out of range.")]
    [InlineData("fp64", """{"inputs":[{"name":"x","datatype":"FP64","shape":[60000000,1],"data":[1]}]}""", "input x has 1 values")]
    [InlineData("fp32", """{"inputs":[{"name":"x","datatype":"FP32","shape":[1],"data":[1]}]}""", "fp32: ")]
    [InlineData("fp32", """{"inputs":[{"name":"x","datatype":"FP32","shape":[1,1],"parameters":{"binary_data_size":4}}]}""", "fewer bytes than binary_data_size says")]
    [InlineData("fp32", """{"inputs":[{"name":"x","datatype":"FP32","shape":[1,1],"parameters":{"binary_data_size":-1}}]}""", "fewer bytes than binary_data_size says")]
    [InlineData("fp32", """{"inputs":[{"name":"x","datatype":"FP32","shape":[1,1]}]}""", "neither data nor binary_data_size")]
    [InlineData("fp32", """{"outputs":[{"name":"q"}],"inputs":[{"name":"x","datatype":"FP32","shape":[1,1],"data":[1]}]}""", "fp32 has no output \"q\"; it has y.")]
    public async Task Infer_OfWhatCannotBe_SaysWhy(string model, string request, string problem)
    {
        var (status, body) = await InferAsync(model, request);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(problem, (string?)body["error"]);
    }

    [Theory]
    [InlineData("abc", "is no length within the body")]
    [InlineData("-1", "is no length within the body")]
    [InlineData("100000", "is no length within the body")]
    [InlineData("69", "1 bytes follow that no input asks for")]
    public async Task Infer_WithAWrongHeaderLength_SaysWhy(string length, string problem)
    {
        const string Body = """{"inputs":[{"name":"x","datatype":"FP32","shape":[1,1],"data":[1]}]}""";
        using var content = new StringContent(Body + "x", Encoding.UTF8, "application/octet-stream");
        content.Headers.Add(HeaderLength, length == "69" ? Body.Length.ToString(CultureInfo.InvariantCulture) : length);

        using var response = await server.Client.PostAsync("/v2/models/fp32/infer", content, Token);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(problem, (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync(Token))!["error"]);
    }

    [Fact]
    public void Repository_WithoutAModel_DoesNotStart()
    {
        using var directory = new TemporaryDirectory();
        directory.Write("broken/1/model.onnx", "not onnx");

        Assert.Contains("does not load broken", Assert.Throws<ModelLoadException>(() => ModelRepository.Load(directory.Path)).Message);
        Assert.Contains("has no model", Assert.Throws<ModelLoadException>(() => ModelRepository.Load(directory.Path + "/absent")).Message);
    }

    [Theory]
    [InlineData("tritonserver --model-repository=/mnt --http-port=8000 --grpc-port=8001 --http-address=127.0.0.9", "")]
    [InlineData("--http-port=8000", "--model-repository=DIR is missing.")]
    [InlineData("--model-repository=/m --http-port=0", "--http-port=0 is no port.")]
    [InlineData("--model-repository=/m --http-address=here", "--http-address=here is no address.")]
    public void Arguments_AreThoseOfTriton(string arguments, string problem)
    {
        Assert.Equal(problem.Length == 0, ServerArguments.TryParse(arguments.Split(' '), out _, out var found));
        Assert.Equal(problem, found ?? "");
    }

    private async Task<(HttpStatusCode Status, JsonNode Body)> InferAsync(string model, string request)
    {
        using var content = new StringContent(request, Encoding.UTF8, "application/json");
        using var response = await server.Client.PostAsync($"/v2/models/{model}/infer", content, Token);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(Token))!);
    }

    private async Task<(JsonNode Answer, byte[] Tail)> InferBinaryAsync(string model, string header, byte[] bytes)
    {
        using var content = new ByteArrayContent([.. Encoding.UTF8.GetBytes(header), .. bytes]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        content.Headers.Add(HeaderLength, Encoding.UTF8.GetByteCount(header).ToString(CultureInfo.InvariantCulture));
        using var response = await server.Client.PostAsync($"/v2/models/{model}/infer", content, Token);
        var body = await response.Content.ReadAsByteArrayAsync(Token);
        Assert.True(response.IsSuccessStatusCode, Encoding.UTF8.GetString(body));
        var length = int.Parse(response.Headers.GetValues(HeaderLength).Single(), CultureInfo.InvariantCulture);
        return (JsonNode.Parse(body.AsSpan(0, length))!, body[length..]);
    }

    private static string Request(string name, string type, int[] shape, string values) =>
        $$"""{"inputs":[{"name":"{{name}}","datatype":"{{type}}","shape":[{{string.Join(',', shape)}}],"data":[{{values}}]}]}""";

    private static float[] Direct(float[] image)
    {
        using var session = new InferenceSession(SampleModels.Files(ModelFormat.Onnx)["classifier.onnx"]);
        using var input = OrtValue.CreateTensorValueFromMemory(image, [2, 1, 8, 8]);
        using var options = new RunOptions();
        using var outputs = session.Run(options, ["image"], [input], ["probabilities"]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
