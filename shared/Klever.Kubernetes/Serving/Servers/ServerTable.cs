using System.Text.Json;
using System.Text.Json.Serialization;

namespace Klever.Kubernetes.Serving.Servers;

/// <summary>Reads servers from a JSON array, each with the members of <see cref="ServerProfile"/> in camel
/// case.</summary>
public static class ServerTable
{
    /// <exception cref="FormatException">It is no such array; the message names line and column.</exception>
    public static IReadOnlyList<ServerProfile> Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ServerTableContext.Default.IReadOnlyListServerProfile) ?? [];
        }
        catch (JsonException exception)
        {
            throw new FormatException(
                $"the table of servers is wrong at line {exception.LineNumber + 1}, "
                + $"column {exception.BytePositionInLine + 1}: {exception.Message}",
                exception);
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true)]
[JsonSerializable(typeof(IReadOnlyList<ServerProfile>))]
internal sealed partial class ServerTableContext : JsonSerializerContext;
