using System.CommandLine;
using Klever.CommandLine.Output;
using Klever.Models;

namespace Klever.CommandLine.Commands;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    public static Argument<string> Reference() => new("ref") { Description = "[registry/]project/model[:tag][@digest]" };

    public static Option<OutputFormat> Output() => new("--output", "-o") { Description = "How to show it." };

    public static Option<ModelFormat?> Format() => new("--format", "-f")
    {
        Description = "Format of the model, instead of what its description or its files say.",
        HelpName = "name",
        CustomParser = result =>
        {
            var name = result.Tokens.Single().Value;
            if (ModelFormat.TryParse(name, out var format))
            {
                return format;
            }

            result.AddError($"\"{name}\" is not a model format; known are {string.Join(", ", ModelFormat.All)}.");
            return null;
        },
    };
}
