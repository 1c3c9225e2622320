namespace Klever.Oci.Transport;

/// <summary>Where a <c>Location</c> or <c>Link</c> leads, and whether it is followed. A registry behind TLS termination often
/// names itself with http: its own host is then asked over https, another host is not asked at all.</summary>
internal static class LocationRules
{
    public static Uri Resolve(HttpMethod method, Uri requested, string? location, Uri registry)
    {
        if (string.IsNullOrEmpty(location) || !Uri.TryCreate(requested, location, out var target))
        {
            throw Refuse(method, requested, "the answer has no Location that can be followed");
        }

        if (target.Scheme != Uri.UriSchemeHttps && target.Scheme != Uri.UriSchemeHttp)
        {
            throw Refuse(method, requested, "the answer leads to something else than http or https");
        }

        if (AddressRules.IsRefused(target))
        {
            throw Refuse(method, requested, $"the answer leads to {target.IdnHost}, a link-local or metadata address");
        }

        if (requested.Scheme != Uri.UriSchemeHttps || target.Scheme == Uri.UriSchemeHttps)
        {
            return target;
        }

        return AddressRules.IsSameHost(target, registry)
            ? new UriBuilder(target) { Scheme = registry.Scheme, Port = registry.Port }.Uri
            : throw Refuse(method, requested, $"the answer leads from https to http at {target.IdnHost}");
    }

    private static RegistryException Refuse(HttpMethod method, Uri requested, string reason) =>
        new($"{method} {RegistryException.Redact(requested)}: {reason}; it was not followed.", method, requested);
}
