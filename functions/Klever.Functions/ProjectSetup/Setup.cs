using System.Net;
using Klever.Functions.Access;
using Klever.Functions.Hosting;
using Klever.Oci.Harbor;

namespace Klever.Functions.ProjectSetup;

/// <summary>The steps of a setup in their order. Each looks before it acts, so a second run finds everything done.</summary>
internal sealed partial class Setup(
    RobotSetup robots, WebhookSetup webhook, ServiceAccountCheck updates, KleverOptions options, ILogger<Setup> logger)
{
    private const string Step = "project";

    public async Task<SetupReport> RunAsync(
        CallerRegistry caller, string project, string namespaceName, CancellationToken cancellationToken)
    {
        var (step, found) = await ProjectAsync(caller.Harbor, project, cancellationToken);
        List<SetupStep> steps = [step];
        steps.AddRange(found is null
            ? Waiting(project, namespaceName)
            : await PartsAsync(caller.Harbor, found, namespaceName, cancellationToken));
        foreach (var done in steps.Where(done => done.Outcome is SetupOutcome.Created or SetupOutcome.Changed))
        {
            LogStep(logger, project, done.Name, done.Outcome, caller.User);
        }

        return new SetupReport(project, namespaceName, steps);
    }

    private async Task<List<SetupStep>> PartsAsync(
        HarborClient harbor, HarborProject project, string namespaceName, CancellationToken cancellationToken)
    {
        List<SetupStep> steps = [];
        foreach (var role in RobotRole.For(options.Jobs, project.Name, namespaceName))
        {
            steps.Add(await robots.EnsureAsync(harbor, project, role, namespaceName, cancellationToken));
        }

        steps.Add(await webhook.EnsureAsync(harbor, project.Name, cancellationToken));
        steps.Add(await updates.RunAsync(project.Name, cancellationToken));
        if (options.Jobs.PushSecretName is null)
        {
            steps.Add(new SetupStep(
                "settings", SetupOutcome.Pending, "Conversions log in with the account that only pulls.", Todo.PushSecret));
        }

        return steps;
    }

    // Without the project there is nothing to look at; who makes it by hand may want to do the rest by hand as well.
    private IEnumerable<SetupStep> Waiting(string project, string namespaceName) =>
    [
        .. RobotRole.For(options.Jobs, project, namespaceName).Select(role => Wait(role.StepName, Todo.Robot(project, role, namespaceName))),
        Wait("webhook", Todo.Webhook(project, options.Webhook.Address)),
        Wait("updates", Todo.Updates(project, options.Registry.Username ?? "robot$klever")),
    ];

    private static SetupStep Wait(string name, string todo) => new(name, SetupOutcome.Pending, "waits for the project", todo);

    private static async Task<(SetupStep Step, HarborProject? Project)> ProjectAsync(
        HarborClient harbor, string project, CancellationToken cancellationToken)
    {
        if (await harbor.FindProjectAsync(project, cancellationToken) is { } present)
        {
            return (new SetupStep(Step, SetupOutcome.Present, present.Name), present);
        }

        try
        {
            await harbor.CreateProjectAsync(project, cancellationToken: cancellationToken);
            return await harbor.FindProjectAsync(project, cancellationToken) is { } created
                ? (new SetupStep(Step, SetupOutcome.Created, $"{created.Name}, private"), created)
                : (Hidden(project), null);
        }
        catch (HarborException exception) when (exception.IsForbidden || exception.IsUnauthorized)
        {
            return (Hidden(project), null);
        }
        catch (HarborException exception) when (exception.Status == HttpStatusCode.BadRequest)
        {
            throw new BadHttpRequestException($"Harbor takes no project of this name: {exception.Message}");
        }
    }

    private static SetupStep Hidden(string project) => new(
        Step, SetupOutcome.Refused, $"{project} does not exist, or not for this account, and Harbor does not let it create one.", Todo.Project(project));

    [LoggerMessage(EventId = 1701, Level = LogLevel.Information, Message = "Setup of project {Project}: {Step} {Outcome} for {User}")]
    private static partial void LogStep(ILogger logger, string project, string step, SetupOutcome outcome, string user);
}
