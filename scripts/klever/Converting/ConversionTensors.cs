using System.Text.Json;
using System.Text.Json.Nodes;
using Klever.Models;

namespace Klever.CommandLine.Converting;

/// <summary>Inputs and outputs that the caller declares; empty lists for those of the ormbfile.</summary>
internal sealed record ConversionTensors(IReadOnlyList<Tensor> Inputs, IReadOnlyList<Tensor> Outputs)
{
    /// <summary>Reads INPUTS and OUTPUTS, JSON lists as an ormbfile has them, unless USING_ORMBFILE puts the ormbfile first.</summary>
    /// <exception cref="UsageException">One of them is not such a list.</exception>
    public static ConversionTensors FromEnvironment(CommandContext context) =>
        context.FirstVariable("USING_ORMBFILE") is { } first && bool.TryParse(first, out var isFirst) && isFirst
            ? new ConversionTensors([], [])
            : new ConversionTensors(Read(context, "INPUTS"), Read(context, "OUTPUTS"));

    private static IReadOnlyList<Tensor> Read(CommandContext context, string variable)
    {
        if (context.FirstVariable(variable) is not { } text)
        {
            return [];
        }

        try
        {
            return SignatureJson.Read(new JsonObject { ["inputs"] = JsonNode.Parse(text) }).Inputs;
        }
        catch (Exception exception) when (exception is JsonException or OrmbFileException)
        {
            throw new UsageException(
                $"{variable} is not a list such as [{{\"name\":\"data\",\"dType\":\"float32\",\"size\":[1,3,224,224]}}].");
        }
    }
}
