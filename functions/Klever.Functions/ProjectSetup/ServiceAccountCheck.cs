using Klever.Functions.Access;
using Klever.Functions.Hosting;
using Klever.Oci;

namespace Klever.Functions.ProjectSetup;

/// <summary>Whether the account of the functions themselves may do their work in a project: read what was pushed, and push its
/// description. It is asked as that account, and only about itself.</summary>
internal sealed class ServiceAccountCheck(HarborAccess access, RegistrySettings registry)
{
    private const string Step = "updates";

    public async Task<SetupStep> RunAsync(string project, CancellationToken cancellationToken)
    {
        if (registry is not { Username: { } username, Password: { } password })
        {
            return new SetupStep(
                Step, SetupOutcome.Pending, "The functions have no account in Harbor (SERVER_ORMB_USERNAME).", Todo.Updates(project, "robot$klever"));
        }

        try
        {
            var actions = await access.ActionsAsync(new RegistryCredential(username, password), $"{project}/klever", cancellationToken);
            return actions.Contains("push") || actions.Contains("*")
                ? new SetupStep(Step, SetupOutcome.Present, $"{username} may push descriptions to {project}")
                : new SetupStep(Step, SetupOutcome.Pending, $"{username} may not push to {project}: signatures could not be written.", Todo.Updates(project, username));
        }
        catch (AccessDeniedException)
        {
            return new SetupStep(
                Step, SetupOutcome.Pending, $"Harbor does not take the password of {username} (SERVER_ORMB_PASSWORD).", Todo.Updates(project, username));
        }
    }
}
