using System.Diagnostics;
using Klever.CommandLine.Converting;
using Klever.CommandLine.Output;
using Klever.CommandLine.Registry;
using Klever.Models;
using Klever.Oci;
using Klever.Oci.Ormb;

namespace Klever.CommandLine.Jobs;

/// <summary>Pulls a model, converts it and pushes the result (DESIGN.md, section 4.4). The tag is set last, so a conversion that
/// fails leaves none.</summary>
internal sealed class ConversionJob(CommandContext context, RegistryFlags flags, Func<ConversionSettings> settings)
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly string _sourceName = context.FirstVariable("SOURCE_MODEL_TAG") ?? "";
    private readonly string _targetName = context.FirstVariable("DESTINATION_MODEL_TAG") ?? "";
    private JobArtifact? _source;
    private JobExitCode _stage = JobExitCode.Task;

    /// <summary>The report, of a failure too, and the exit code that goes with it.</summary>
    public async Task<(JobReport Report, JobExitCode ExitCode)> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            // The report tells what the conversion found out on its way, so it comes after it.
            var result = await ConvertAsync(cancellationToken);
            return (Report() with { Result = result }, JobExitCode.Done);
        }
        catch (Exception exception)
        {
            return (Report() with { Failure = Failure.Sentence(exception) }, ExitCode(exception));
        }
    }

    private async Task<JobArtifact> ConvertAsync(CancellationToken cancellationToken)
    {
        var from = ModelFormat.Parse(context.FirstVariable("SOURCE_FORMAT"));
        var to = ModelFormat.Parse(context.FirstVariable("FORMAT"));
        var conversion = new DirectoryConversion(context, from, to, ConversionTensors.FromEnvironment(context), settings());
        using var source = ModelLocation.Open(context, _sourceName, flags);
        using var target = ModelLocation.Open(context, _targetName, flags);
        _stage = JobExitCode.Pull;
        var model = await ModelArtifacts.FetchAsync(source.Repository, source.Reference.TagOrDigest!, cancellationToken);
        _source = new JobArtifact(_sourceName, model.Digest, model.Layer.Size);
        var mark = new ConversionMark(model.Digest, ConverterVersion.Current);
        if (await FindEarlierAsync(target, mark, to, cancellationToken) is { } earlier)
        {
            return earlier;
        }

        var scratch = Directory.CreateTempSubdirectory("klever-convert-");
        try
        {
            var (read, written) = (scratch.CreateSubdirectory("source").FullName, scratch.CreateSubdirectory("target").FullName);
            await PullAsync(source, model, read, cancellationToken);
            _stage = JobExitCode.Task;
            await Task.Run(() => conversion.Run(read, model.OrmbFile, written), cancellationToken);
            return await PushAsync(target, written, mark, cancellationToken);
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    private async Task PullAsync(ModelLocation source, ModelArtifact model, string directory, CancellationToken cancellationToken) =>
        await TransferProgress.RunAsync(context, $"pulling {source.Reference}", model.Layer.Size, async progress =>
        {
            await using var layer = ProgressStream.Of(
                await source.Repository.FetchBlobAsync(model.Layer, cancellationToken), progress);
            await ModelLayer.ExtractToAsync(layer, model.Layer.MediaType, directory, cancellationToken: cancellationToken);
        });

    private async Task<JobArtifact> PushAsync(
        ModelLocation target, string directory, ConversionMark mark, CancellationToken cancellationToken)
    {
        _stage = JobExitCode.Save;
        var result = ModelDirectory.Open(directory);
        _stage = JobExitCode.Push;
        ModelArtifact? pushed = null;
        await TransferProgress.RunAsync(context, $"pushing {target.Reference}", result.Length, async progress =>
            pushed = await ModelArtifacts.PushAsync(
                target.Repository,
                target.Reference.Tag,
                result,
                progress: progress,
                annotations: mark.ToAnnotations(),
                cancellationToken: cancellationToken));
        return new JobArtifact(_targetName, pushed!.Digest, pushed.Layer.Size);
    }

    // A pod that was evicted after its push runs again, and must find its own result instead of a taken tag.
    private static async Task<JobArtifact?> FindEarlierAsync(
        ModelLocation target, ConversionMark mark, ModelFormat format, CancellationToken cancellationToken)
    {
        var tag = target.Reference.Tag ?? throw new UsageException("DESTINATION_MODEL_TAG must end in a tag.");
        if (await target.Repository.TryResolveAsync(tag, cancellationToken) is not { } present)
        {
            return null;
        }

        var fetched = await target.Repository.FetchManifestAsync(present.Digest.ToString(), cancellationToken);
        if (fetched.Manifest is not { } manifest || ConversionMark.Read(manifest.Annotations) != mark)
        {
            throw new UsageException($"{target.Reference} is taken by another model; choose another tag.");
        }

        var earlier = await ModelArtifacts.FetchAsync(target.Repository, present.Digest.ToString(), cancellationToken);
        return earlier.OrmbFile.Format == format
            ? new JobArtifact(target.Reference.ToString(), earlier.Digest, earlier.Layer.Size)
            : throw new UsageException($"{target.Reference} is taken by another model; choose another tag.");
    }

    private JobExitCode ExitCode(Exception exception) =>
        Failure.ExitCode(exception, _stage) switch
        {
            JobExitCode.Unexpected when exception is IOException or UsageException or FormatException => _stage,
            var code => code,
        };

    private JobReport Report() => new()
    {
        Job = context.FirstVariable("KLEVER_JOB"),
        Source = _source ?? new JobArtifact(_sourceName, Digest: null),
        ElapsedMilliseconds = _watch.ElapsedMilliseconds,
    };
}
