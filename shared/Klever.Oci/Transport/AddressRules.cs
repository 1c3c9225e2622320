using System.Net;
using System.Net.Sockets;

namespace Klever.Oci.Transport;

/// <summary>Addresses that no registry has a reason to send anyone to: link-local ones, where clouds serve credentials.</summary>
internal static class AddressRules
{
    // The metadata service of AWS over IPv6, which is not link-local.
    private static readonly IPAddress MetadataV6 = IPAddress.Parse("fd00:ec2::254");

    public static bool IsRefused(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily == AddressFamily.InterNetwork
            ? plain.GetAddressBytes() is [169, 254, ..]
            : plain.IsIPv6LinkLocal || plain.Equals(MetadataV6);
    }

    public static bool IsRefused(Uri uri) => IPAddress.TryParse(uri.IdnHost, out var address) && IsRefused(address);

    /// <summary>Whether both are the same scheme, host and port: the only place that a credential goes.</summary>
    public static bool IsSameOrigin(Uri left, Uri right) =>
        left.Scheme == right.Scheme && IsSameHost(left, right) && left.Port == right.Port;

    public static bool IsSameHost(Uri left, Uri right) =>
        string.Equals(left.IdnHost, right.IdnHost, StringComparison.OrdinalIgnoreCase);
}
