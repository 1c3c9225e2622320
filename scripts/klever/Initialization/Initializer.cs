using Klever.CommandLine.Initialization.Layouts;
using Klever.CommandLine.Initialization.Placement;
using Klever.CommandLine.Inspection;
using Klever.CommandLine.Output;
using Klever.CommandLine.Registry;
using Klever.Models;
using Klever.Oci.Ormb;

namespace Klever.CommandLine.Initialization;

/// <summary>Fetches one model and lays it out for its server. May be killed at any time and run again.</summary>
internal sealed class Initializer(CommandContext context, RegistryFlags flags, InitializationOptions options)
{
    private static readonly string[] Schemes = ["klever://", "oci://"];

    public async Task RunAsync(string reference, string destination, CancellationToken cancellationToken)
    {
        var target = ModelTarget.Resolve(destination, options.Layout, options.Name);
        using var location = ModelLocation.Open(context, WithoutScheme(reference), flags);
        if (location.Reference.Digest is { } pinned && IsDone(target, pinned))
        {
            return;
        }

        var model = await ModelArtifacts.FetchAsync(
            location.Repository, location.Reference.TagOrDigest!, cancellationToken);
        Directory.CreateDirectory(target.Directory);
        using var only = await DirectoryLock.TakeAsync(target.Directory, cancellationToken);
        if (!IsDone(target, model.Digest))
        {
            await PlaceAsync(location, model, target, cancellationToken);
        }
    }

    private async Task PlaceAsync(
        ModelLocation location, ModelArtifact model, ModelTarget target, CancellationToken cancellationToken)
    {
        var staging = Staging.Create(target.Directory);
        try
        {
            var files = await ReceiveAsync(location, model, staging, cancellationToken);
            var plan = options.Layout.Plan(Input(model.OrmbFile, files, target.Name));
            staging.Arrange(plan);
            var next = new Marker(model.Digest, options.Hash(target.Name), plan.Entries);
            foreach (var _ in new Publication(target.Directory, staging, Marker.Read(target.Directory), next).Steps())
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            if (Directory.Exists(staging.Path))
            {
                staging.Delete();
            }
        }
    }

    private async Task<IReadOnlyList<ModelFile>> ReceiveAsync(
        ModelLocation location, ModelArtifact model, Staging staging, CancellationToken cancellationToken)
    {
        IReadOnlyList<ModelFile> files = [];
        await TransferProgress.RunAsync(context, $"fetching {location.Reference}", model.Layer.Size, async progress =>
        {
            await using var layer = ProgressStream.Of(
                await location.Repository.FetchBlobAsync(model.Layer, cancellationToken), progress);
            files = await staging.ReceiveAsync(layer, model.Layer.MediaType, cancellationToken);
        });
        return files;
    }

    private LayoutInput Input(OrmbFile ormbFile, IReadOnlyList<ModelFile> files, string name) => new()
    {
        Name = name,
        Files = files,
        OrmbFile = ormbFile,
        Format = FormatOf(ormbFile, [.. files.Select(f => f.Path)]),
        Signature = new Signature
        {
            Inputs = options.Signature.Inputs is { Count: > 0 } inputs ? inputs : ormbFile.Signature.Inputs,
            Outputs = options.Signature.Outputs is { Count: > 0 } outputs ? outputs : ormbFile.Signature.Outputs,
        },
        MaximumBatchSize = options.MaximumBatchSize,
        IsCpuOnly = options.IsCpuOnly,
    };

    // A declared name that is not one of ours may still be known to the server.
    private string FormatOf(OrmbFile ormbFile, IReadOnlyCollection<string> paths) =>
        options.Format?.Name ?? ormbFile.Format?.Name
        ?? (ormbFile.FormatName is { Length: > 0 } declared ? Excerpt.Of(declared)
        : options.Layout.IsForAServer ? ModelFormatChoice.Choose(asked: null, ormbFile, paths).Name
        : FormatInference.Infer(paths)?.Name ?? ModelFormat.Others.Name);

    private bool IsDone(ModelTarget target, Digest model) =>
        Marker.Read(target.Directory) is { } marker && marker.Model == model
        && marker.Settings == options.Hash(target.Name) && marker.IsWhole(target.Directory);

    private static string WithoutScheme(string reference) =>
        Array.Find(Schemes, s => reference.StartsWith(s, StringComparison.Ordinal)) is { } scheme
            ? reference[scheme.Length..]
            : reference;
}
