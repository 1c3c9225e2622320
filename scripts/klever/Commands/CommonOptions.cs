using System.CommandLine;
using Klever.CommandLine.Output;
using Klever.Models;

namespace Klever.CommandLine.Commands;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    public static Argument<string> Reference() => new("ref") { Description = "[registry/]project/model[:tag][@digest]" };

    public static Option<OutputFormat> Output() => new("--output", "-o") { Description = "How to show it." };

    public static Option<ModelFormat?> Format() =>
        Format("--format", "Format of the model, instead of what its description or its files say.", "-f");

    public static Option<ModelFormat?> Format(string name, string description, params string[] aliases) => new(name, aliases)
    {
        Description = description,
        HelpName = "name",
        CustomParser = result =>
        {
            var text = result.Tokens.Single().Value;
            if (ModelFormat.TryParse(text, out var format))
            {
                return format;
            }

            result.AddError($"\"{text}\" is not a model format; known are {string.Join(", ", ModelFormat.All)}.");
            return null;
        },
    };
}
