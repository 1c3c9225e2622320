using System.Globalization;
using System.Text;
using Klever.Models;

namespace Klever.CommandLine.Initialization.Layouts;

/// <summary>Writes <c>config.pbtxt</c>, where Triton does better with one than with what it finds out by
/// itself.</summary>
internal static class TritonConfig
{
    /// <returns>Null when Triton is to complete everything from the file.</returns>
    /// <exception cref="LayoutException">Triton must be told what nobody said, or what was asked for cannot
    /// be.</exception>
    public static string? Write(LayoutInput input, TritonBackend backend)
    {
        var (inputs, outputs) = (input.Signature.Inputs, input.Signature.Outputs);
        var batch = input.MaximumBatchSize;
        var problem = inputs.Count == 0 || outputs.Count == 0
            ? "the model declares none or not both"
            : inputs.Concat(outputs).Select(t => Problem(t, backend)).FirstOrDefault(p => p is not null);
        if (backend.NeedsSignature && problem is not null)
        {
            throw LayoutException.NotSupported(
                $"Triton must be told inputs and outputs of {input.Format}, but {problem}; "
                + "declare them in ormbfile.yaml, or give INPUTS and OUTPUTS.");
        }

        RequireBatching(input, backend);
        var isKnown = problem is null && backend.Format != ModelFormat.SavedModel;
        return isKnown || batch > 0 ? Write(input, backend, isKnown) : null;
    }

    private static void RequireBatching(LayoutInput input, TritonBackend backend)
    {
        if (input.MaximumBatchSize > 0 && !backend.Batches)
        {
            throw LayoutException.NotSupported(
                $"requests for {input.Format} cannot be joined; leave out --max-batch-size.");
        }

        var fixedFirst = input.Signature.Inputs.Concat(input.Signature.Outputs)
            .FirstOrDefault(t => t.Size is [] or [not -1, ..]);
        if (input.MaximumBatchSize > 0 && fixedFirst is not null)
        {
            throw LayoutException.NotSupported(
                $"requests cannot be joined: {Excerpt.Of(fixedFirst.ToString())} "
                + "has no first dimension of any size (-1).");
        }
    }

    // With batching the first dimension is left out, and what remains may be a scalar; a scalar by itself cannot be
    // said.
    private static string? Problem(Tensor tensor, TritonBackend backend) =>
        string.IsNullOrEmpty(tensor.Name) ? "a tensor has no name"
        : backend.TypeOf(tensor.DType) is null
            ? $"\"{Excerpt.Of(tensor.Name)}\" is of type {Excerpt.Of(tensor.DType ?? "unknown")}, "
                + $"which the backend {backend.Backend} does not take"
        : tensor.Size is not { } size ? $"the shape of \"{Excerpt.Of(tensor.Name)}\" is not known"
        : size.Count == 0 ? $"\"{Excerpt.Of(tensor.Name)}\" is a scalar"
        : size.Any(d => d is 0 or < -1)
            ? $"\"{Excerpt.Of(tensor.Name)}\" has a dimension that is neither positive nor -1"
        : null;

    private static string Write(LayoutInput input, TritonBackend backend, bool isKnown)
    {
        var text = new StringBuilder()
            .Append($"name: {Quote(input.Name)}\n")
            .Append($"backend: {Quote(backend.Backend)}\n")
            .Append($"platform: {Quote(backend.Platform)}\n")
            .Append(CultureInfo.InvariantCulture, $"max_batch_size: {input.MaximumBatchSize}\n");
        if (isKnown)
        {
            Append(text, "input", input.Signature.Inputs, input, backend);
            Append(text, "output", input.Signature.Outputs, input, backend);
        }

        text.Append(input.MaximumBatchSize > 0 ? "dynamic_batching { }\n" : "");
        text.Append(input.IsCpuOnly ? "instance_group [ { kind: KIND_CPU } ]\n" : "");
        return text.ToString();
    }

    private static void Append(
        StringBuilder text, string field, IReadOnlyList<Tensor> tensors, LayoutInput input, TritonBackend backend)
    {
        text.Append($"{field} [\n");
        for (var i = 0; i < tensors.Count; i++)
        {
            var dimensions = input.MaximumBatchSize > 0 ? [.. tensors[i].Size!.Skip(1)] : tensors[i].Size!;
            text.Append("  {\n")
                .Append($"    name: {Quote(tensors[i].Name)}\n")
                .Append($"    data_type: TYPE_{backend.TypeOf(tensors[i].DType)}\n")
                .Append($"    dims: [ {string.Join(", ", dimensions.DefaultIfEmpty(1))} ]\n")
                .Append(dimensions.Count == 0 ? "    reshape { shape: [ ] }\n" : "")
                .Append(i == tensors.Count - 1 ? "  }\n" : "  },\n");
        }

        text.Append("]\n");
    }

    // Protocol buffers, text format: the quote, the backslash and control characters are escaped, in octal.
    private static string Quote(string value)
    {
        var text = new StringBuilder("\"");
        foreach (var character in value)
        {
            _ = character switch
            {
                '"' or '\\' => text.Append('\\').Append(character),
                < ' ' or '\x7f' => text.Append('\\').Append(Convert.ToString(character, 8).PadLeft(3, '0')),
                _ => text.Append(character),
            };
        }

        return text.Append('"').ToString();
    }
}
