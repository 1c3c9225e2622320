using Klever.Models;

namespace Klever.Oci;

/// <summary>Which registry, as whom, and how patiently.</summary>
public sealed record RegistryOptions
{
    /// <summary>Scheme, host and port; <c>/v2/</c> is at its root. <c>http</c> is said here or not used at all.</summary>
    public required Uri Address { get; init; }

    /// <summary>Null to ask as nobody.</summary>
    public RegistryCredential? Credential { get; init; }

    /// <summary>Whether any server certificate is taken. For a registry under test only: it gives the credential to whoever answers.</summary>
    public bool InsecureTls { get; init; }

    /// <summary>Harbor leaves pulls by <c>harbor-registry-client</c> out of its events; any other name is treated alike.</summary>
    public string UserAgent { get; init; } = "klever/0.1";

    /// <summary>Time without a byte in either direction after which a request has failed.</summary>
    public TimeSpan ActivityTimeout { get; init; } = OciLimits.ActivityTimeout;

    /// <summary>The clock of pauses between attempts and of the life of tokens.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    public bool PlainHttp => Address.Scheme == Uri.UriSchemeHttp;

    /// <summary>Options for <c>host[:port]</c>, as the first part of a <see cref="ModelReference"/> names it.</summary>
    /// <exception cref="FormatException">It is not a host.</exception>
    public static RegistryOptions ForHost(string host, bool plainHttp = false, RegistryCredential? credential = null) =>
        Uri.TryCreate($"{(plainHttp ? "http" : "https")}://{host}/", UriKind.Absolute, out var address)
            && address is { UserInfo: "", AbsolutePath: "/", Query: "", Fragment: "" }
            ? new RegistryOptions { Address = address, Credential = credential }
            : throw new FormatException($"\"{Excerpt.Of(host)}\" is not a registry; expected a host and, where needed, a port.");
}
