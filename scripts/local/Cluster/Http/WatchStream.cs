using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;
using Klever.Local.Cluster.Printing;

namespace Klever.Local.Cluster.Http;

/// <summary>Writes the documents of one watch. Only the first table carries its column definitions, as kubectl expects.</summary>
internal sealed class WatchStream(
    HttpContext context, ResourceType type, TableRequest? table, TimeProvider clock, bool wantsBookmarks)
{
    private bool _sentColumns;

    public Task SendAsync(string kind, JsonObject item) => WriteAsync(kind, Shown(ReadVerbs.Present(type, item)));

    public Task SendBookmarkAsync(long revision, bool endsInitialEvents)
    {
        if (!wantsBookmarks && !endsInitialEvents)
        {
            return Task.CompletedTask;
        }

        var metadata = new JsonObject { ["resourceVersion"] = revision.ToString(), ["creationTimestamp"] = null };
        if (endsInitialEvents)
        {
            metadata["annotations"] = new JsonObject { ["k8s.io/initial-events-end"] = "true" };
        }

        var bookmark = new JsonObject { ["kind"] = type.Kind, ["apiVersion"] = type.ApiVersion, ["metadata"] = metadata };
        return WriteAsync("BOOKMARK", Shown(bookmark));
    }

    public Task SendErrorAsync(ApiException exception) => WriteAsync("ERROR", exception.ToStatus());

    private JsonObject Shown(JsonObject item)
    {
        if (table is null)
        {
            return item;
        }

        var shown = Table.Of(type, [item], table, item.ResourceVersion(), clock.GetUtcNow());
        if (_sentColumns)
        {
            shown["columnDefinitions"] = null;
        }

        _sentColumns = true;
        return shown;
    }

    private async Task WriteAsync(string kind, JsonObject item)
    {
        await using (var writer = new Utf8JsonWriter(context.Response.BodyWriter))
        {
            writer.WriteStartObject();
            writer.WriteString("type", kind);
            writer.WritePropertyName("object");
            item.WriteTo(writer);
            writer.WriteEndObject();
        }

        context.Response.BodyWriter.Write("\n"u8);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }
}
