using System.Net;
using System.Net.Sockets;

namespace Klever.Oci.Transport;

/// <summary>The connection to a registry: no cookies (Harbor answers a cookie with a CSRF check), no proxy, no decompression
/// (digests are of the bytes as sent), redirects left to <see cref="LocationRules"/>.</summary>
public static class RegistryHandler
{
    /// <summary>A handler of its own for whoever sends requests that no client here makes, such as those of other people.</summary>
    public static SocketsHttpHandler Create(RegistryOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            UseCookies = false,
            UseProxy = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = OciLimits.ConnectTimeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            MaxResponseDrainSize = 64 * 1024,
            ConnectCallback = (context, cancellationToken) =>
                ConnectAsync(context.DnsEndPoint, options.ActivityTimeout, cancellationToken),
        };
        if (options.InsecureTls)
        {
#pragma warning disable CA5359 // Asked for by name; see RegistryOptions.InsecureTls.
            handler.SslOptions.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
#pragma warning restore CA5359
        }

        return handler;
    }

    // A name is resolved here so that one that leads to a refused address is caught as well.
    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint endpoint, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(endpoint.Host, cancellationToken);
        if (addresses.Any(AddressRules.IsRefused))
        {
            throw new IOException($"{endpoint.Host} resolves to a link-local or metadata address, which is not connected to.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, endpoint.Port, cancellationToken);
            var milliseconds = (int)Math.Min(timeout.TotalMilliseconds, int.MaxValue);

            // These hold for synchronous reading, which no cancellation token can end.
            return new NetworkStream(socket, ownsSocket: true) { ReadTimeout = milliseconds, WriteTimeout = milliseconds };
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
