using Klever.OnnxServer.Models;
using Klever.OnnxServer.Protocol;
using Microsoft.ML.OnnxRuntime;

namespace Klever.OnnxServer;

/// <summary><c>klever-onnx run FILE &lt; request.json</c>: the answer of ONNX Runtime without a server between, to compare with.</summary>
internal static class DirectRun
{
    public static async Task<int> RunAsync(string file)
    {
        try
        {
            var body = new MemoryStream();
            await using var input = Console.OpenStandardInput();
            await input.CopyToAsync(body);
            using var request = InferenceRequest.Parse(body.ToArray(), (int)body.Length);
            using var model = new ServedModel(Path.GetFileNameWithoutExtension(file), "1", new InferenceSession(file));
            using var results = model.Run(request);
            using var answer = InferenceResponse.Write(model, request, results);
            await using var output = Console.OpenStandardOutput();
            answer.Content.WriteTo(output);
            return 0;
        }
        catch (Exception exception) when (exception is ProtocolException or OnnxRuntimeException or IOException)
        {
            await Console.Error.WriteLineAsync($"klever-onnx: {exception.Message}");
            return 1;
        }
    }
}
