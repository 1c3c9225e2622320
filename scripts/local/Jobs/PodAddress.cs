using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Jobs;

/// <summary>The address of a pod: one of its own on the loopback interface (127.64.0.0 to 127.127.255.255, all of which Linux
/// answers), so that two servers can have the same port.</summary>
internal static class PodAddress
{
    public static string Of(JsonObject pod)
    {
        var hash = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(pod.Uid())));
        return $"127.{64 + (hash >> 26)}.{(byte)(hash >> 8)}.{(byte)hash}";
    }
}
