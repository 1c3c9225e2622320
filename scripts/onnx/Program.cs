using Klever.OnnxServer;

return args is ["run", var file] ? await DirectRun.RunAsync(file)
    : ServerArguments.TryParse(args, out var arguments, out var problem) ? await InferenceServer.RunAsync(arguments)
    : await Refuse(problem);

static async Task<int> Refuse(string problem)
{
    await Console.Error.WriteLineAsync($"klever-onnx: {problem}");
    return 2;
}
