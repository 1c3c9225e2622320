using k8s.Models;
using Klever.Kubernetes.Cluster;
using Klever.Kubernetes.Jobs;
using Klever.Kubernetes.ModelJobs;
using Klever.Models;

namespace Klever.Functions.JobCompletion;

/// <summary>Gets the report of an ended Job out of its pod: from the termination message, or checked against it from the log.</summary>
internal sealed class ReportReader(ClusterClient cluster)
{
    /// <exception cref="UnusableReportException">There is none, or it is not of this ModelJob.</exception>
    public async Task<JobReport> ReadAsync(
        ModelJob modelJob, V1Job job, IReadOnlyList<V1Pod> pods, CancellationToken cancellationToken)
    {
        var (pod, message) = pods.Select(pod => (pod, Message: TerminationMessageOf(pod)))
            .FirstOrDefault(candidate => candidate.Message is not null);
        if (message is null)
        {
            throw Unusable("the Job is complete, but no pod of it is left to tell what it found; delete the ModelJob to try again");
        }

        try
        {
            var line = TerminationMessage.NeedsLog(message)
                ? await cluster.Logs.ReadLastLineAsync(modelJob.Namespace, pod.Metadata.Name, JobBuilder.ContainerName, cancellationToken)
                : null;
            return Checked(job, TerminationMessage.Decode(message, line));
        }
        catch (FormatException exception)
        {
            throw Unusable($"the report of the Job cannot be read: {exception.Message}", exception);
        }
    }

    // The pod has parsed a stranger's file: what it says is believed only about the model that its Job was given. The status may not
    // know that yet, or never, when whoever made the Job ended before writing it.
    private static JobReport Checked(V1Job job, JobReport report)
    {
        if (report.Source.Digest is null)
        {
            throw Unusable("the report does not say which manifest was read");
        }

        var expected = JobBuilder.SourceOf(job) ?? throw Unusable("the Job does not say which manifest it was given");
        return report.Source.Digest == expected
            ? report
            : throw Unusable($"the report speaks of {report.Source.Digest}, but the Job was given {expected}");
    }

    private static string? TerminationMessageOf(V1Pod pod) =>
        pod.Status?.ContainerStatuses?.FirstOrDefault(container => container.Name == JobBuilder.ContainerName)
            ?.State?.Terminated is { ExitCode: 0, Message: { Length: > 0 } message }
            ? message
            : null;

    private static UnusableReportException Unusable(string message, Exception? inner = null) =>
        new(ModelJobReasons.ReportUnreadable, message, inner);
}
