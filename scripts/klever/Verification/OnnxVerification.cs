using System.Diagnostics;
using Klever.Models;

namespace Klever.CommandLine.Verification;

/// <summary><c>--verify</c>: runs a converted model in ONNX Runtime, says on standard error what came of it and how long it took.</summary>
internal static class OnnxVerification
{
    /// <param name="directory">Holds <c>model/</c>.</param>
    /// <param name="format">What it holds; only ONNX is run.</param>
    /// <param name="signature">What the model says of itself.</param>
    /// <exception cref="OnnxRuntimeException">It does not run, or gives something else than it says.</exception>
    public static void Run(CommandContext context, string directory, ModelFormat format, Signature signature)
    {
        if (format != ModelFormat.Onnx)
        {
            context.Error.WriteLine($"{format} is not run: --verify is for ONNX.");
        }
        else if (OnnxRuntime.Find(context) is not { } runtime)
        {
            context.Error.WriteLine(
                $"The result is not run: ONNX Runtime is not on this machine; install it, or name its library in {OnnxRuntime.PathVariable}.");
        }
        else
        {
            Run(context, runtime, Directory.EnumerateFiles(Path.Combine(directory, "model"), "*.onnx").First(), signature);
        }
    }

    private static void Run(CommandContext context, OnnxRuntime runtime, string path, Signature signature)
    {
        var clock = Stopwatch.StartNew();
        using var session = new OnnxRuntimeSession(runtime, path);
        var loaded = clock.Elapsed;
        var inputs = new List<MadeInput>();
        try
        {
            inputs.AddRange(signature.Inputs.Select(input => new MadeInput(input)));
            var outputs = session.Run(inputs, [.. signature.Outputs.Select(output => output.Name)]);
            var (first, again) = (clock.Elapsed - loaded, Stopwatch.StartNew());
            session.Run(inputs, [.. signature.Outputs.Select(output => output.Name)]);
            context.Error.WriteLine(
                $"ONNX Runtime {runtime.Version}: loaded in {loaded.TotalMilliseconds:0.0} ms, "
                + $"run in {first.TotalMilliseconds:0.0} ms, again in {again.Elapsed.TotalMilliseconds:0.0} ms");
            inputs.ForEach(input => context.Error.WriteLine($"  in  {input.Name} [{string.Join(", ", input.Size)}]"));
            foreach (var (declared, output) in signature.Outputs.Zip(outputs))
            {
                Require(declared, output);
                context.Error.WriteLine($"  out {output}");
            }
        }
        finally
        {
            inputs.ForEach(input => input.Dispose());
        }
    }

    private static void Require(Tensor declared, Tensor output)
    {
        var agrees = declared.Size is null
            || (declared.Size.Count == output.Size!.Count && declared.Size.Zip(output.Size).All(pair => pair.First < 0 || pair.First == pair.Second));
        if (!agrees || (declared.DType is not null && declared.DType != output.DType))
        {
            throw new OnnxRuntimeException($"the result gives {output} where it says {declared}");
        }
    }
}
