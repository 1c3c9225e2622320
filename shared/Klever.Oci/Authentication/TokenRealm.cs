using Klever.Oci.Transport;

namespace Klever.Oci.Authentication;

/// <summary>Where tokens come from, as a Bearer challenge said.</summary>
internal sealed record TokenRealm(Uri Address, string? Service)
{
    /// <summary>The realm of a challenge. A credential goes to the registry's own host, or anywhere over https; a realm that
    /// names the host of an https registry with http is asked over https.</summary>
    /// <exception cref="RegistryException">The realm is not http or https, is refused, or would get the credential in the clear.</exception>
    public static TokenRealm Read(AuthenticationChallenge challenge, Uri requested, RegistryOptions options)
    {
        var realm = LocationRules.Resolve(HttpMethod.Get, requested, challenge["realm"], options.Address);
        var mayCarryCredential = realm.Scheme == Uri.UriSchemeHttps || AddressRules.IsSameHost(realm, options.Address);
        return options.Credential is null || mayCarryCredential
            ? new TokenRealm(realm, challenge["service"])
            : throw new RegistryException(
                $"{RegistryException.Redact(requested)} asks for the credential to be sent to {realm.IdnHost} without encryption; "
                + "it was not sent. Set the registry's token realm to https.",
                HttpMethod.Get,
                requested);
    }

    /// <summary>The address for a token of these scopes.</summary>
    public Uri For(IEnumerable<string> scopes)
    {
        var parameters = scopes.Select(scope => "scope=" + Uri.EscapeDataString(scope));
        parameters = Service is null ? parameters : parameters.Prepend("service=" + Uri.EscapeDataString(Service));
        var query = string.Join('&', parameters);
        var existing = Address.Query.TrimStart('?');
        return new UriBuilder(Address) { Query = existing.Length == 0 ? query : $"{existing}&{query}" }.Uri;
    }
}
