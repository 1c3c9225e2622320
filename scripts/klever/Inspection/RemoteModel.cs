using System.Text.Json.Nodes;
using Klever.CommandLine.Output;
using Klever.Formats;
using Klever.Models;
using Klever.Oci;
using Klever.Oci.Ormb;

namespace Klever.CommandLine.Inspection;

/// <summary>A model in a registry, read while its layer arrives: one pass, nothing kept, the digest compared at the end.</summary>
internal static class RemoteModel
{
    /// <param name="found">Hears of the artifact as soon as it is known, before its layer is read.</param>
    public static async Task<Klever.Formats.Extraction> ExtractAsync(
        CommandContext context,
        RepositoryClient repository,
        ModelReference reference,
        ModelFormat? format,
        Action<ModelArtifact>? found,
        CancellationToken cancellationToken)
    {
        var artifact = await ModelArtifacts.FetchAsync(repository, reference.TagOrDigest!, cancellationToken);
        found?.Invoke(artifact);
        var resolved = ModelFormatChoice.Choose(format, artifact.OrmbFile, ListedFiles(artifact.OrmbFile));
        var extractor = new SignatureExtractor(resolved, artifact.OrmbFile.Signature);
        await TransferProgress.RunAsync(context, $"reading {reference}", artifact.Layer.Size, async progress =>
        {
            await using var layer = ProgressStream.Of(await repository.FetchBlobAsync(artifact.Layer, cancellationToken), progress);
            await ModelLayer.ReadAsync(layer, artifact.Layer.MediaType, extractor.Accept, cancellationToken: cancellationToken);
        });
        return extractor.Complete();
    }

    private static List<string> ListedFiles(OrmbFile ormbFile) =>
        [.. (ormbFile.Get("directoryStructure") as JsonArray ?? [])
            .OfType<JsonValue>()
            .Select(value => value.ToString())
            .Where(path => path.StartsWith(SignatureExtractor.ModelDirectory, StringComparison.Ordinal))
            .Select(path => path[SignatureExtractor.ModelDirectory.Length..])];
}
