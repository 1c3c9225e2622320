namespace Klever.Functions.Hosting;

/// <summary>What proves that a webhook comes from Harbor.</summary>
internal sealed record WebhookSettings
{
    /// <summary>Values of <c>Authorization</c> at most: the present one, and during a rotation the next.</summary>
    public const int MaximumValues = 2;

    /// <summary><c>Klever:Webhook:Authorization</c>, one value a line or <c>…:0</c> and <c>…:1</c>: the whole header value, as it
    /// stands in Harbor's policy.</summary>
    public IReadOnlyList<string> Authorization { get; init; } = [];

    /// <summary><c>Klever:Webhook:Address</c>: where Harbor reaches harbor-push; for setting up projects.</summary>
    public Uri? Address { get; init; }

    public override string ToString() => $"{Authorization.Count} values";
}
