using System.Text.Json;
using System.Text.Json.Serialization;
using Klever.Models;

namespace Klever.Kubernetes.Serving.Servers;

/// <summary>Reads servers from a JSON array, each with the members of <see cref="ServerProfile"/> in camel
/// case.</summary>
public static class ServerTable
{
    private const int MaximumPort = 65_535;

    /// <summary>What <c>klever initialize --layout</c> takes.</summary>
    private static readonly string[] Layouts = ["triton", "tfserving", "mlserver", "mlflow", "pmml", "plain", "ormb"];

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

    /// <summary>Lines of what is wrong with the rows; none when servers can be run by them.</summary>
    public static IEnumerable<string> Problems(IReadOnlyList<ServerProfile> servers) =>
        servers.GroupBy(s => s.Name).Where(g => g.Count() > 1).Select(g => $"server {Excerpt.Of(g.Key)} is there twice.")
            .Concat(servers.SelectMany(s => Problems(s).Select(p => $"server {Excerpt.Of(s.Name)} {p}.")));

    private static IEnumerable<string> Problems(ServerProfile server)
    {
        foreach (var format in server.Formats.Concat(server.SignatureFormats).Concat(server.GpuFormats)
            .Where(f => !ModelFormat.TryParse(f, out _)))
        {
            yield return $"names \"{Excerpt.Of(format)}\", which is not a model format";
        }

        if (!Layouts.Contains(server.Layout))
        {
            yield return $"has the layout \"{Excerpt.Of(server.Layout)}\"; known are {string.Join(", ", Layouts)}";
        }

        foreach (var port in new[] { server.HttpPort, server.GrpcPort, server.MetricsPort }.Where(p => p is < 1 or > MaximumPort))
        {
            yield return $"has the port {port}, which is none";
        }

        foreach (var path in new[] { server.ReadinessPath, server.LivenessPath, server.InferencePath }
            .Where(p => p is not null && !p.StartsWith('/')))
        {
            yield return $"has the path \"{Excerpt.Of(path!)}\", which does not begin with a slash";
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
