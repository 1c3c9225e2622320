using System.Text.Json.Nodes;

namespace Klever.Local.Cluster.Objects;

/// <summary>How an object is to be deleted (meta/v1 DeleteOptions).</summary>
internal sealed record DeletionRequest
{
    /// <summary>Orphan, Background, Foreground; null for the default of the kind.</summary>
    public string? Propagation { get; init; }

    public long? GracePeriodSeconds { get; init; }

    public string? Uid { get; init; }

    public string? ResourceVersion { get; init; }

    public bool DryRun { get; init; }

    /// <param name="body">The DeleteOptions in the body, or null.</param>
    /// <param name="query">Looks up a query parameter, which wins over the body.</param>
    public static DeletionRequest Parse(JsonNode? body, Func<string, string?> query)
    {
        var orphan = query("orphanDependents") ?? (body.At("orphanDependents") is { } flag ? flag.ToJsonString() : null);
        var propagation = query("propagationPolicy") ?? body.Text("propagationPolicy");
        if (propagation is not (null or "Orphan" or "Background" or "Foreground"))
        {
            throw ApiErrors.BadRequest($"invalid propagationPolicy \"{propagation}\": must be Orphan, Background or Foreground");
        }

        return new DeletionRequest
        {
            Propagation = propagation ?? orphan switch { "true" => "Orphan", "false" => "Background", _ => null },
            GracePeriodSeconds = long.TryParse(query("gracePeriodSeconds"), out var grace) ? grace : body.Number("gracePeriodSeconds"),
            Uid = body.Text("preconditions", "uid"),
            ResourceVersion = body.Text("preconditions", "resourceVersion"),
            DryRun = query("dryRun") == "All" || body.Texts("dryRun").Contains("All"),
        };
    }
}
