using System.CommandLine;

namespace Klever.CommandLine.Commands.Jobs;

/// <summary><c>klever jobs</c>: the ModelJobs of the Klever API.</summary>
internal static class JobsCommand
{
    public static Argument<string> Name() => new("name") { Description = "Name of the ModelJob." };

    public static Command Create(CommandContext context) => new("jobs", "ModelJobs: extract and convert models in the cluster.")
    {
        ListJobsCommand.Create(context),
        GetJobCommand.Create(context),
        CreateJobCommand.Create(context),
        RetryJobCommand.Create(context),
        DeleteJobCommand.Create(context),
        JobLogsCommand.Create(context),
        EventsCommand.Create(context, "modeljobs", Name(), "a ModelJob, its Job and its pods"),
    };
}
