using Klever.Models;

namespace Klever.CommandLine.Initialization.Layouts;

/// <summary>A model of a Triton repository: <c>[config.pbtxt]</c> and version 1 (Triton,
/// model_repository.md).</summary>
internal static class TritonLayout
{
    public const string ConfigName = "config.pbtxt";

    private const string Version = "1/";

    public static LayoutPlan Plan(LayoutInput input)
    {
        var backend = TritonBackend.Find(input.Format) ?? throw LayoutException.NotSupported(
            $"Triton does not run {input.Format}; "
            + $"it runs {string.Join(", ", TritonBackend.All.Select(b => b.Format))}.");
        var own = input.Files.FirstOrDefault(f => f.Path == ConfigName);
        var model = input with { Files = [.. input.Files.Where(f => f != own)] };
        var files = backend.Format == ModelFormat.SavedModel ? PlaceSavedModel(model) : Place(model, backend);
        if (own is not null)
        {
            // Whoever packs a configuration knows better.
            return new LayoutPlan([.. files, new PlannedFile(own.Path, ConfigName)]);
        }

        return TritonConfig.Write(input, backend) is { } config
            ? new LayoutPlan(files, new PlannedDocument(ConfigName, config))
            : new LayoutPlan(files);
    }

    private static IReadOnlyList<PlannedFile> PlaceSavedModel(LayoutInput input)
    {
        _ = MainFile.Find(input, ModelFormat.SavedModel.Requires[0]);
        return MainFile.PlaceAll(input, $"{Version}model.savedmodel/");
    }

    // An ONNX model of several files (external data) is a directory that bears the name of the file.
    private static IReadOnlyList<PlannedFile> Place(LayoutInput input, TritonBackend backend)
    {
        var main = MainFile.Find(input, backend.Format.Requires[0], backend.FileName);
        var isDirectory = backend.Format == ModelFormat.Onnx && input.Files.Count > 1;
        return MainFile.Place(input, main, isDirectory ? $"{Version}{backend.FileName}/" : Version, backend.FileName);
    }
}
