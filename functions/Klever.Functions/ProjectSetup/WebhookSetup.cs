using Klever.Functions.Hosting;
using Klever.Oci.Harbor;

namespace Klever.Functions.ProjectSetup;

/// <summary>Sees to it that Harbor tells harbor-push of every push to a project.</summary>
internal sealed class WebhookSetup(KleverOptions options)
{
    public const string PolicyName = "klever";

    private const string Step = "webhook";

    public async Task<SetupStep> EnsureAsync(HarborClient harbor, string project, CancellationToken cancellationToken)
    {
        if (options.Webhook is not { Address: { } address, Authorization: [.., var authorization] })
        {
            return new SetupStep(
                Step,
                SetupOutcome.Pending,
                "This service does not know the address of harbor-push or the secret of its webhook (Klever:Webhook:Address, :Authorization).",
                Todo.Webhook(project, options.Webhook.Address));
        }

        try
        {
            var wanted = new WebhookPolicy
            {
                Name = PolicyName,
                EventTypes = ["PUSH_ARTIFACT"],
                Address = address.AbsoluteUri.TrimEnd('/'),
                PayloadFormat = await harbor.SendsCloudEventsAsync(project, cancellationToken) ? "CloudEvents" : "Default",
                AuthorizationHeader = authorization,
            };
            return await EnsureAsync(harbor, project, wanted, cancellationToken);
        }
        catch (HarborException exception) when (exception.IsForbidden || exception.IsUnauthorized)
        {
            return new SetupStep(
                Step, SetupOutcome.Refused, $"Harbor does not let this account manage the webhooks of {project}.", Todo.Webhook(project, address));
        }
    }

    private static async Task<SetupStep> EnsureAsync(
        HarborClient harbor, string project, WebhookPolicy wanted, CancellationToken cancellationToken)
    {
        var policies = await harbor.ListWebhookPoliciesAsync(project, cancellationToken).ToListAsync(cancellationToken);
        var detail = $"policy {wanted.Name}: {wanted.PayloadFormat} to {wanted.Address} for every push";
        if ((policies.Find(policy => policy.Name == wanted.Name) ?? policies.Find(policy => policy.Address == wanted.Address)) is not { } present)
        {
            await harbor.CreateWebhookPolicyAsync(project, wanted, cancellationToken);
            return new SetupStep(Step, SetupOutcome.Created, detail);
        }

        // A certificate that Harbor was told not to check stays unchecked: only who runs Harbor knows why.
        var changed = wanted with { Id = present.Id, SkipsCertificateCheck = present.SkipsCertificateCheck };
        if (changed.IsLike(present))
        {
            return new SetupStep(Step, SetupOutcome.Present, detail);
        }

        await harbor.ReplaceWebhookPolicyAsync(project, changed, cancellationToken);
        return new SetupStep(Step, SetupOutcome.Changed, detail);
    }
}
