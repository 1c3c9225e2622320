using Klever.Models;
using Klever.Samples;
using Klever.Testing;

namespace Klever.CommandLine.Tests;

public sealed class InspectTests : IDisposable
{
    private const string Document = """
        {
          "format": "ONNX",
          "framework": "ONNX",
          "signature": {
            "inputs": [
              {
                "name": "image",
                "size": [
                  -1,
                  1,
                  8,
                  8
                ],
                "dType": "float32"
              }
            ],
            "outputs": [
              {
                "name": "probabilities",
                "size": [
                  -1,
                  3
                ],
                "dType": "float32"
              }
            ],
            "layers": {
              "Conv": 1,
              "Relu": 1,
              "MaxPool": 1,
              "Flatten": 1,
              "Gemm": 1,
              "Softmax": 1
            }
          },
          "files": [
            {
              "path": "model/classifier.onnx",
              "size": 1505,
              "isRead": true
            }
          ]
        }

        """;

    private readonly TemporaryDirectory _directory = new();
    private readonly CommandRun _klever = new();

    public InspectTests() => SampleModels.Write(ModelFormat.Onnx, _directory.Path);

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Inspect_AsJson_ShowsTheSignature()
    {
        var exitCode = await _klever.RunAsync("inspect", _directory.Path, "--output", "json");

        Assert.Equal((0, ""), (exitCode, _klever.Error));
        Assert.Equal(Document, _klever.Output);
    }

    [Fact]
    public async Task Inspect_AsYaml_ShowsTheSameInShort()
    {
        await _klever.RunAsync("inspect", _directory.Path, "-o", "yaml");

        Assert.Equal(
            """
            format: ONNX
            framework: ONNX
            signature:
              inputs:
                - name: image
                  size: [-1, 1, 8, 8]
                  dType: float32
              outputs:
                - name: probabilities
                  size: [-1, 3]
                  dType: float32
              layers:
                Conv: 1
                Relu: 1
                MaxPool: 1
                Flatten: 1
                Gemm: 1
                Softmax: 1
            files:
              - path: model/classifier.onnx
                size: 1505
                isRead: true

            """,
            _klever.Output);
    }

    [Fact]
    public async Task Inspect_AsTable_ShowsTheSameForPeople()
    {
        await _klever.RunAsync("inspect", _directory.Path);

        Assert.Equal(
            """
            ONNX (ONNX)

              inputs   type      size            values
            ─────────────────────────────────────────────
              image    float32   [-1, 1, 8, 8]


              outputs         type      size      values
            ──────────────────────────────────────────────
              probabilities   float32   [-1, 3]


              layer     count
            ───────────────────
              Conv      1
              Relu      1
              MaxPool   1
              Flatten   1
              Gemm      1
              Softmax   1


              file                    bytes
            ─────────────────────────────────
              model/classifier.onnx   1505


            """,
            string.Join('\n', _klever.Output.Split('\n').Select(line => line.TrimEnd())));
    }

    [Theory]
    [InlineData("model")]
    [InlineData("model/classifier.onnx")]
    public async Task Inspect_WithoutTheLayout_ShowsTheSame(string path)
    {
        var exitCode = await _klever.RunAsync("inspect", _directory.Combine(path.Split('/')), "-o", "json");

        Assert.Equal((0, Document), (exitCode, _klever.Output));
    }

    [Fact]
    public async Task Inspect_WithoutOrmbFile_InfersTheFormat()
    {
        File.Delete(_directory.Combine("ormbfile.yaml"));

        Assert.Equal(0, await _klever.RunAsync("inspect", _directory.Path, "-o", "json"));
        Assert.Equal(Document, _klever.Output);
    }

    [Fact]
    public async Task Inspect_OfDamagedModel_ExitsWith20()
    {
        _directory.Write("model/classifier.onnx", "this is no protobuf");

        Assert.Equal(20, await _klever.RunAsync("inspect", _directory.Path));
        Assert.StartsWith("klever inspect: ONNX model/classifier.onnx: ", _klever.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_OfFormatWithoutReader_ExitsWith21()
    {
        _directory.Write("ormbfile.yaml", "format: SKLearn");

        Assert.Equal(21, await _klever.RunAsync("inspect", _directory.Path));
        Assert.Equal("klever inspect: SKLearn: no signature is read from this format\n", _klever.Error);
    }

    [Fact]
    public async Task Inspect_OfUnknownFormat_ListsTheKnownOnes()
    {
        Assert.NotEqual(0, await _klever.RunAsync("inspect", _directory.Path, "--format", "Tensorflow"));

        Assert.StartsWith("\"Tensorflow\" is not a model format; known are SavedModel, ONNX,", _klever.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_OfNothing_SaysWhatWouldBe()
    {
        var path = _directory.Combine("Absent");

        Assert.Equal(1, await _klever.RunAsync("inspect", path));
        Assert.StartsWith(
            $"klever inspect: {path} is neither there on this machine nor a model reference: ", _klever.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InspectFormats_ListsEveryFormat()
    {
        Assert.Equal(0, await _klever.RunAsync("inspect", "--formats"));

        var lines = _klever.Output.Split('\n').Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToList();
        Assert.All(ModelFormat.All, format => Assert.Contains(lines, line => line.Length > 2 && line[0] == format.Name && line[1] == format.Framework));
        Assert.Contains("  NetDef        Caffe2       extracted   init_net.pb, predict_net.pb", _klever.Output, StringComparison.Ordinal);
    }
}
