using System.Diagnostics;
using Klever.CommandLine.Inspection;
using Klever.CommandLine.Registry;
using Klever.Formats;
using Klever.Models;

namespace Klever.CommandLine.Jobs;

/// <summary>Reads the signature of one model in a registry and reports it (DESIGN.md, section 4.4).</summary>
internal sealed class ExtractionJob(CommandContext context, string reference, string? formatName, RegistryFlags flags)
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private JobArtifact _source = new(reference, Digest: null);

    /// <summary>The report, of a failure too, and the exit code that goes with it.</summary>
    public async Task<(JobReport Report, JobExitCode ExitCode)> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var format = formatName is null ? null : ModelFormat.Parse(formatName);
            using var location = ModelLocation.Open(context, reference, flags);
            var extraction = await RemoteModel.ExtractAsync(
                context,
                location.Repository,
                location.Reference,
                format,
                found: artifact => _source = new JobArtifact(reference, artifact.Digest, artifact.Layer.Size),
                cancellationToken);
            var read = extraction.Files.Where(file => file.WasRead).Select(file => file.Path).ToList();
            return (Report() with { Signature = extraction.Signature, Files = read }, JobExitCode.Done);
        }
        catch (Exception exception)
        {
            return (Report() with { Failure = Failure.Sentence(exception) }, ExitCode(exception));
        }
    }

    private static JobExitCode ExitCode(Exception exception) => Failure.ExitCode(exception, JobExitCode.Pull) switch
    {
        JobExitCode.Unexpected when exception is IOException and not Oci.OciContentException => JobExitCode.Task,
        var code => code,
    };

    private JobReport Report() => new()
    {
        Job = context.FirstVariable("KLEVER_JOB"),
        Source = _source,
        ElapsedMilliseconds = _watch.ElapsedMilliseconds,
    };
}
