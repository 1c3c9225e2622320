using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace Klever.Oci.Harbor;

public sealed partial class HarborClient
{
    /// <summary>The webhook policies of a project.</summary>
    public async IAsyncEnumerable<WebhookPolicy> ListWebhookPoliciesAsync(
        string project, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var policy in ListAsync(HarborPath.WebhookPolicies(project), cancellationToken))
        {
            yield return WebhookPolicy.Read(policy);
        }
    }

    /// <summary>Whether its webhooks can be CloudEvents: Harbor 2.8 and newer.</summary>
    public async Task<bool> SendsCloudEventsAsync(string project, CancellationToken cancellationToken = default)
    {
        var answer = await _transport.SendAsync(
            HttpMethod.Get, $"{HarborPath.Project(project)}/webhook/events", body: null, cancellationToken);
        return (answer.Body?["payload_formats"] as JsonArray ?? []).OfType<JsonObject>()
            .SelectMany(format => format["formats"] as JsonArray ?? []).Any(name => name?.ToString() == "CloudEvents");
    }

    public Task CreateWebhookPolicyAsync(string project, WebhookPolicy policy, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(HttpMethod.Post, HarborPath.WebhookPolicies(project), policy.ToJson(), cancellationToken);

    /// <summary>Replaces the policy of the same id.</summary>
    public Task ReplaceWebhookPolicyAsync(string project, WebhookPolicy policy, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(
            HttpMethod.Put, $"{HarborPath.WebhookPolicies(project)}/{policy.Id}", policy.ToJson(), cancellationToken);
}
