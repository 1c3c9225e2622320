using System.Text.Json;
using System.Text.Json.Nodes;
using Klever.Models;

namespace Klever.CommandLine.Initialization;

/// <summary>Inputs and outputs as the variables INPUTS and OUTPUTS give them: each a JSON list as in an
/// ormbfile.</summary>
internal static class DeclaredSignature
{
    private const int MaximumCharacters = 1024 * 1024;

    /// <exception cref="UsageException">A variable is no such list.</exception>
    public static Signature Read(CommandContext context)
    {
        try
        {
            return SignatureJson.Read(new JsonObject
            {
                ["inputs"] = List(context, "INPUTS"),
                ["outputs"] = List(context, "OUTPUTS"),
            });
        }
        catch (OrmbFileException exception)
        {
            throw new UsageException($"INPUTS or OUTPUTS: {exception.Message}");
        }
    }

    private static JsonNode? List(CommandContext context, string name)
    {
        var text = context.FirstVariable(name);
        if (text is { Length: > MaximumCharacters })
        {
            throw new UsageException($"{name} is longer than {MaximumCharacters} characters.");
        }

        try
        {
            return text is null ? null : JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            throw new UsageException(
                $"{name} is not JSON: \"{Excerpt.Of(text)}\"; "
                + """expected a list such as [{"name": "x", "size": [-1, 3], "dType": "float32"}].""");
        }
    }
}
