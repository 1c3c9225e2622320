using k8s.Models;
using Klever.Kubernetes.Cluster;
using Klever.Oci;
using Klever.Oci.Harbor;

namespace Klever.Functions.ProjectSetup;

/// <summary>Sees to it that a robot account exists and that its secret lies in the cluster. Harbor shows a secret once: where it did
/// not get into the cluster, or Harbor does not take it any more, the account gets another one.</summary>
internal sealed class RobotSetup(RobotSecrets secrets, RegistryClient registry)
{
    private const string Description = "Made by klever project init: the Jobs of Klever.Functions log in with it.";

    public async Task<SetupStep> EnsureAsync(
        HarborClient harbor, HarborProject project, RobotRole role, string namespaceName, CancellationToken cancellationToken)
    {
        var todo = Todo.Robot(project.Name, role, namespaceName);
        try
        {
            // The Secret first: no account is made whose secret could not be kept.
            var secret = await secrets.FindAsync(namespaceName, role.SecretName, cancellationToken);
            var robot = await FindAsync(harbor, project, role, cancellationToken);
            return secret is not null && !Holds(secret, robot, role, project.Name, out var other)
                ? new SetupStep(role.StepName, SetupOutcome.Pending, Occupied(namespaceName, role, other), Todo.AnotherSecret(role, namespaceName))
                : await EnsureAsync(harbor, project, role, namespaceName, robot, secret, cancellationToken);
        }
        catch (HarborException exception) when (exception.IsForbidden || exception.IsUnauthorized)
        {
            return new SetupStep(
                role.StepName, SetupOutcome.Refused, $"Harbor does not let this account manage the robot accounts of {project.Name}.", todo);
        }
        catch (ClusterException exception) when (exception.Failure == ClusterFailure.Forbidden)
        {
            return new SetupStep(
                role.StepName, SetupOutcome.Refused, $"The cluster does not let this service keep the Secret {role.SecretName} in {namespaceName}.", todo);
        }
        catch (ClusterException exception) when (exception.Failure == ClusterFailure.NotFound)
        {
            return new SetupStep(
                role.StepName, SetupOutcome.Pending, $"The namespace {namespaceName} does not exist.", $"kubectl create namespace {namespaceName}, then this again.");
        }
    }

    private async Task<SetupStep> EnsureAsync(
        HarborClient harbor,
        HarborProject project,
        RobotRole role,
        string namespaceName,
        HarborRobot? robot,
        V1Secret? secret,
        CancellationToken cancellationToken)
    {
        if (robot is { IsDisabled: true } or { IsExpired: true })
        {
            return new SetupStep(
                role.StepName, SetupOutcome.Pending, $"{robot.Name} is disabled or has expired.", $"In Harbor under {project.Name}, Robot Accounts: enable {robot.Name}, or delete it, then this again.");
        }

        if (robot is not null && secret is not null && await IsTakenAsync(secret, cancellationToken))
        {
            return new SetupStep(role.StepName, SetupOutcome.Present, $"{robot.Name}, Secret {role.SecretName} in {namespaceName}");
        }

        var account = robot is null
            ? await harbor.CreateRobotAsync(project.Name, role.Name, Description, role.Actions, cancellationToken)
            : await harbor.RenewRobotSecretAsync(robot, cancellationToken);
        await secrets.SaveAsync(secret, namespaceName, role.SecretName, account, cancellationToken);
        return new SetupStep(
            role.StepName,
            robot is null ? SetupOutcome.Created : SetupOutcome.Changed,
            $"{account.Username} ({string.Join(" and ", role.Actions)}), its {(robot is null ? "" : "new ")}secret in the Secret {role.SecretName} in {namespaceName}");
    }

    private static async Task<HarborRobot?> FindAsync(
        HarborClient harbor, HarborProject project, RobotRole role, CancellationToken cancellationToken) =>
        await harbor.ListRobotsAsync(project, cancellationToken)
            .FirstOrDefaultAsync(robot => robot.Name.EndsWith($"{project.Name}+{role.Name}", StringComparison.Ordinal), cancellationToken);

    private async Task<bool> IsTakenAsync(V1Secret secret, CancellationToken cancellationToken)
    {
        try
        {
            using var asRobot = registry.As(RobotSecrets.Read(secret));
            await asRobot.PingAsync(cancellationToken);
            return true;
        }
        catch (RegistryException exception) when (exception.IsUnauthorized)
        {
            return false;
        }
    }

    private static bool Holds(V1Secret secret, HarborRobot? robot, RobotRole role, string project, out string other)
    {
        other = RobotSecrets.Read(secret)?.Username ?? "no account";
        return other == robot?.Name || role.IsNameOf(other, project);
    }

    private static string Occupied(string namespaceName, RobotRole role, string other) =>
        $"The Secret {role.SecretName} in {namespaceName} holds {other} and is left alone.";
}
