namespace Klever.Functions.ProjectSetup;

/// <summary>What somebody with more rights does by hand, to the last click and command; secrets are named by where they are.</summary>
internal static class Todo
{
    public const string PushSecret = $"Set Klever:Jobs:PushSecret to {RobotRole.DefaultPushSecret} for the functions.";

    public static string Project(string project) =>
        $"As a Harbor user who may create projects: Projects, New Project, name {project}, private; make this account its project administrator. Then this again.";

    public static string Robot(string project, RobotRole role, string namespaceName) =>
        $"As an administrator of the project: in Harbor under {project}, Robot Accounts, New Robot Account, name {role.Name}, expiration never, "
        + $"permissions on repositories: {string.Join(" and ", role.Actions)}. With the secret that Harbor then shows once: "
        + $"kubectl -n {namespaceName} create secret generic {role.SecretName} --from-literal=ORMB_USERNAME='robot${project}+{role.Name}' "
        + "--from-literal=ORMB_PASSWORD='…'";

    public static string AnotherSecret(RobotRole role, string namespaceName) =>
        $"When that account may not {string.Join(" and ", role.Actions)} here as well: let each project have a Secret of its own, with {{project}} in "
        + "Klever:Jobs:PullSecret, Klever:Jobs:PushSecret and Klever:Servings:PullSecret (such as ormb-{project}), or "
        + $"kubectl -n {namespaceName} delete secret {role.SecretName}; then this again.";

    public static string Webhook(string project, Uri? address) =>
        $"As an administrator of the project: in Harbor under {project}, Webhooks, New Webhook, name {WebhookSetup.PolicyName}, notify type http, "
        + $"payload format CloudEvents, event Artifact pushed, endpoint {address?.AbsoluteUri ?? "https://<host of harbor-push>/webhook"}, auth header "
        + "the value of: kubectl get secret klever-webhook -o jsonpath={.data.authorization} | base64 -d";

    public static string Updates(string project, string username) =>
        $"As a Harbor administrator: Administration, Robot Accounts, {username}: pull and push on repositories of {project}. Its name and secret are "
        + "SERVER_ORMB_USERNAME and SERVER_ORMB_PASSWORD of the Secret klever-registry.";
}
