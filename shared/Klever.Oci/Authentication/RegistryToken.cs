namespace Klever.Oci.Authentication;

/// <summary>A bearer token and when to stop using it, some time before it expires.</summary>
internal sealed record RegistryToken(string Value, DateTimeOffset RenewAt);
