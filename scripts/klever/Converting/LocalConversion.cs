using Klever.CommandLine.Inspection;
using Klever.Models;

namespace Klever.CommandLine.Converting;

/// <summary>Converts from one directory of this machine into another, which is whole in the end or not there.</summary>
internal static class LocalConversion
{
    /// <param name="from">Null for what the ormbfile or the files say.</param>
    /// <param name="to">Null for the only format that the source becomes.</param>
    /// <exception cref="UsageException">The target is there already, or several formats are possible.</exception>
    public static (ModelFormat From, ModelFormat To) Run(
        CommandContext context, string source, string target, ModelFormat? from, ModelFormat? to, ConversionSettings settings)
    {
        if (Path.Exists(target))
        {
            throw new UsageException($"{target} is already there; remove it or name another directory.");
        }

        var model = LocalModel.Find(source) ?? throw new UsageException($"there is nothing at {source}.");
        var (description, sourceFormat) = model.Describe(from);
        var targetFormat = to ?? OnlyTarget(sourceFormat);
        var full = Path.GetFullPath(target).TrimEnd(Path.DirectorySeparatorChar);
        var temporary = Directory.CreateDirectory($"{full}.klever-{Path.GetRandomFileName()}").FullName;
        try
        {
            var tensors = ConversionTensors.FromEnvironment(context);
            new DirectoryConversion(context, sourceFormat, targetFormat, tensors, settings).Run(source, description, temporary);
            Directory.Move(temporary, full);
        }
        catch
        {
            Directory.Delete(temporary, recursive: true);
            throw;
        }

        return (sourceFormat, targetFormat);
    }

    private static ModelFormat OnlyTarget(ModelFormat from) =>
        FormatConversions.All.Where(pair => pair.From == from).Select(pair => pair.To).ToList() switch
        {
            [var only] => only,
            [] => throw new UsageException($"{from} is not converted; there are {FormatConversions.Names}."),
            var several => throw new UsageException($"{from} becomes {string.Join(" or ", several)}; choose with --to."),
        };
}
