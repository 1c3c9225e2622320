using System.Text.Json.Nodes;

namespace Klever.Oci.Harbor;

/// <summary>A webhook policy of a project with one HTTP target (Harbor swagger, WebhookPolicy).</summary>
public sealed record WebhookPolicy
{
    /// <summary>Zero for one that is not created yet.</summary>
    public long Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Must be said; Harbor takes a missing value for false, and the policy stays silent.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>Such as <c>PUSH_ARTIFACT</c>.</summary>
    public required IReadOnlyList<string> EventTypes { get; init; }

    /// <summary>Where Harbor posts to.</summary>
    public required string Address { get; init; }

    /// <summary><c>CloudEvents</c> (since 2.8) or <c>Default</c>.</summary>
    public required string PayloadFormat { get; init; }

    /// <summary>The whole value of <c>Authorization</c>.</summary>
    public string? AuthorizationHeader { get; init; }

    public bool SkipsCertificateCheck { get; init; }

    /// <summary>Whether both do the same.</summary>
    public bool IsLike(WebhookPolicy other) =>
        (Name, IsEnabled, Address, PayloadFormat, AuthorizationHeader, SkipsCertificateCheck)
            == (other.Name, other.IsEnabled, other.Address, other.PayloadFormat, other.AuthorizationHeader, other.SkipsCertificateCheck)
        && EventTypes.ToHashSet().SetEquals(other.EventTypes);

    // A record would print the authorization.
    public override string ToString() => $"{Name} to {Address}";

    internal static WebhookPolicy Read(JsonObject source)
    {
        var target = source["targets"] is JsonArray { Count: > 0 } targets && targets[0] is JsonObject first ? first : [];
        return new WebhookPolicy
        {
            Id = source["id"] is JsonValue id && id.TryGetValue(out long number) ? number : 0,
            Name = HarborArtifact.Text(source, "name") ?? "",
            IsEnabled = source["enabled"] is JsonValue enabled && enabled.TryGetValue(out bool isEnabled) && isEnabled,
            EventTypes = [.. (source["event_types"] as JsonArray ?? []).Select(type => type?.ToString() ?? "")],
            Address = HarborArtifact.Text(target, "address") ?? "",
            PayloadFormat = HarborArtifact.Text(target, "payload_format") ?? "Default",
            AuthorizationHeader = HarborArtifact.Text(target, "auth_header"),
            SkipsCertificateCheck = target["skip_cert_verify"] is JsonValue skip && skip.TryGetValue(out bool skips) && skips,
        };
    }

    internal JsonObject ToJson() => new()
    {
        ["name"] = Name,
        ["enabled"] = IsEnabled,
        ["event_types"] = new JsonArray([.. EventTypes.Select(JsonNode (type) => JsonValue.Create(type))]),
        ["targets"] = new JsonArray(new JsonObject
        {
            ["type"] = "http",
            ["address"] = Address,
            ["payload_format"] = PayloadFormat,
            ["auth_header"] = AuthorizationHeader ?? "",
            ["skip_cert_verify"] = SkipsCertificateCheck,
        }),
    };
}
