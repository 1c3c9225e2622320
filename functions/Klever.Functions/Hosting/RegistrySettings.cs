using Klever.Functions.Access;
using Klever.Oci;

namespace Klever.Functions.Hosting;

/// <summary>The registry that the functions look after.</summary>
internal sealed record RegistrySettings
{
    /// <summary><c>Klever:Registry:Address</c>, else <c>SERVER_ORMB_DOMAIN</c>: <c>https://harbor.example.com</c>.</summary>
    public required Uri Address { get; init; }

    /// <summary><c>SERVER_ORMB_USERNAME</c>: the robot that pulls and pushes descriptions; null for an open registry.</summary>
    public string? Username { get; init; }

    /// <summary><c>SERVER_ORMB_PASSWORD</c>.</summary>
    public string? Password { get; init; }

    /// <summary><c>Klever:Registry:Insecure</c>: accept any certificate.</summary>
    public bool Insecure { get; init; }

    /// <summary><c>Klever:Registry:Kind</c>.</summary>
    public RegistryKind Kind { get; init; }

    /// <summary>Null to ask as nobody.</summary>
    public RegistryCredential? Credential =>
        this is { Username: { } user, Password: { } password } ? new RegistryCredential(user, password) : null;

    /// <summary>Host and port, as references to models begin.</summary>
    public string Host => Address.Authority;

    public bool IsPlainHttp => Address.Scheme == Uri.UriSchemeHttp;

    // A record would print its password.
    public override string ToString() => $"{Address} as {Username ?? "anonymous"}";
}
