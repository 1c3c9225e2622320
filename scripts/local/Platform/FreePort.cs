using System.Net;
using System.Net.Sockets;

namespace Klever.Local.Platform;

/// <summary>Finds ports of the loopback interface that nobody listens on.</summary>
internal static class FreePort
{
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
