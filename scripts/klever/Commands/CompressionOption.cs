using System.CommandLine;
using System.IO.Compression;

namespace Klever.CommandLine.Commands;

/// <summary><c>--compression</c> of the commands that pack.</summary>
internal static class CompressionOption
{
    public static Option<CompressionLevel> Create()
    {
        var option = new Option<CompressionLevel>("--compression")
        {
            Description = "How hard to compress; weights hardly shrink, so the fastest is right nearly always.",
            HelpName = "fastest|optimal|smallest|none",
            DefaultValueFactory = _ => CompressionLevel.Fastest,
            CustomParser = result => result.Tokens.Single().Value switch
            {
                "fastest" => CompressionLevel.Fastest,
                "optimal" => CompressionLevel.Optimal,
                "smallest" => CompressionLevel.SmallestSize,
                "none" => CompressionLevel.NoCompression,
                var other => Refuse(result, other),
            },
        };
        return option;
    }

    private static CompressionLevel Refuse(System.CommandLine.Parsing.ArgumentResult result, string value)
    {
        result.AddError($"\"{value}\" is not a compression; expected fastest, optimal, smallest or none.");
        return default;
    }
}
