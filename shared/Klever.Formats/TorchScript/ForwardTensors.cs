using Klever.Models;

namespace Klever.Formats.TorchScript;

/// <summary>The inputs and outputs of <c>forward</c>. Inputs have the names of its arguments. Outputs have none in the code, except
/// the fields of a NamedTuple; they are called <c>output__0</c>, <c>output__1</c>, as Triton calls them.</summary>
internal static class ForwardTensors
{
    /// <param name="examples">What the model was traced with, by position.</param>
    public static IReadOnlyList<Tensor> Inputs(
        ScriptFunction forward, IReadOnlyList<(string? DType, IReadOnlyList<long> Size)?> examples) =>
        [.. forward.Parameters.Skip(1).Select((parameter, position) => Input(parameter, examples.ElementAtOrDefault(position)))];

    public static IReadOnlyList<Tensor> Outputs(ScriptFunction forward, ScriptCode code)
    {
        if (forward.Returns is "" or "NoneType" or "None")
        {
            return [];
        }

        if (code.FindClass(forward.Returns) is { IsNamedTuple: true } tuple)
        {
            return [.. tuple.Fields.Select(field => Of(field.Name, field.Type))];
        }

        var types = forward.Returns == "Tuple[()]" ? [] : ScriptText.Arguments(forward.Returns, "Tuple") ?? [forward.Returns];
        return [.. types.Select((type, position) => Of($"output__{position}", type))];
    }

    private static Tensor Input(ScriptParameter parameter, (string? DType, IReadOnlyList<long> Size)? example) =>
        example is var (type, size)
            ? new Tensor { Name = parameter.Name, DType = type, Size = size }
            : Of(parameter.Name, parameter.Type);

    private static Tensor Of(string name, string type) =>
        TorchTypes.OfScalar(type) is { } scalar
            ? new Tensor { Name = name, DType = scalar, Size = [] }
            : new Tensor { Name = name };
}
