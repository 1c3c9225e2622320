using Klever.Functions.Access;
using Klever.Functions.Hosting;
using Klever.Models;
using Klever.Oci;
using Klever.Oci.Ormb;
using Klever.Oci.Ormb.Archives;

namespace Klever.Functions.Models.Upload;

/// <summary>Makes a model of an archive that lies in the registry: lists it, checks it, and packs and pushes it in one stream. What
/// is read comes by Range; nothing is written to disk, and no file is held.</summary>
internal sealed class ModelAssembly(KleverOptions options, StagedChunks staged)
{
    private const string Place = "the archive";

    /// <exception cref="ArchiveException">The archive is damaged, unsafe or beyond a limit.</exception>
    /// <exception cref="ModelDirectoryException">Its format is unknown, or files of it are missing.</exception>
    public async Task<UploadResult> RunAsync(
        CallerRegistry caller, ModelReference target, IReadOnlyList<BlobPiece> pieces, UploadForm form, CancellationToken cancellationToken)
    {
        var archive = new BlobBytes(pieces);
        if (await Task.Run(() => ModelArchive.Detect(archive), cancellationToken) != ArchiveKind.TarGzip)
        {
            return await PushAsync(caller, target, archive, form, cancellationToken);
        }

        // Gzip can only be read from its beginning, and a layer is sorted: so it is unpacked beside the chunks first.
        var unpacked = await UnpackAsync(caller.Registry.Repository(target.Repository), archive, cancellationToken);
        try
        {
            return await PushAsync(caller, target, new BlobBytes([unpacked]), form, cancellationToken);
        }
        finally
        {
            await staged.DeleteAsync(caller, [unpacked], CancellationToken.None);
        }
    }

    private async Task<UploadResult> PushAsync(
        CallerRegistry caller, ModelReference target, BlobBytes archive, UploadForm form, CancellationToken cancellationToken)
    {
        var model = await Task.Run(() => Read(archive, form), cancellationToken);
        var pushed = await ModelArtifacts.PushAsync(
            caller.Registry.Repository(target.Repository), target.Tag, model, cancellationToken: cancellationToken);
        return new UploadResult(
            target.WithRegistry(options.Registry.Host).ToString(),
            pushed.Digest.ToString(),
            pushed.Descriptor.Size + pushed.Manifest.Config.Size + pushed.Layer.Size,
            model.Format.Name);
    }

    private ModelContent Read(BlobBytes archive, UploadForm form)
    {
        var kind = ModelArchive.Detect(archive);
        if (kind == ArchiveKind.TarGzip)
        {
            throw new ArchiveException(ModelLayerProblem.NotSupported, "is packed by gzip twice; send a gzip of a tar");
        }

        var layout = ArchiveLayout.Of(ModelArchive.List(archive, kind, options.Uploads.Limits));
        var declared = layout.OrmbFile is { } file ? ReadOrmbFile(file) : OrmbFile.Empty;
        return new ModelContent(Place, layout.Files, form.ApplyTo(declared), form.Format);
    }

    private static OrmbFile ReadOrmbFile(ArchiveEntry file)
    {
        if (file.Length > OrmbFile.MaximumSize)
        {
            throw new ArchiveException(
                ModelLayerProblem.LimitExceeded, $"has {file.Length} bytes; at most {OrmbFile.MaximumSize} are read", file.Path);
        }

        using var text = new StreamReader(file.Open());
        return OrmbFile.FromYaml(text.ReadToEnd());
    }

    private async Task<BlobPiece> UnpackAsync(
        RepositoryClient repository, BlobBytes archive, CancellationToken cancellationToken)
    {
        await using var upload = await repository.OpenUploadAsync(cancellationToken);
        await Task.Run(
            () =>
            {
                using var packed = archive.Open(0, archive.Length);
                ModelArchive.Unpack(packed, upload, options.Uploads.Limits, cancellationToken);
            },
            cancellationToken);
        return upload.Length > 0
            ? await StagedChunks.CompleteAsync(repository, upload, cancellationToken)
            : throw new ArchiveException(ModelLayerProblem.Damaged, "holds nothing");
    }
}
