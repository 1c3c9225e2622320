using System.Text;
using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Cluster.Kinds;

/// <summary>core/v1 Secret: <c>stringData</c> is written only, and is kept as base64 in <c>data</c>.</summary>
internal static class SecretRules
{
    public static void SetDefaults(JsonObject secret)
    {
        secret["type"] ??= "Opaque";
        foreach (var (key, value) in secret.Map("stringData"))
        {
            secret.Child("data")[key] = Convert.ToBase64String(Encoding.UTF8.GetBytes(value));
        }

        secret.Remove("stringData");
    }
}
