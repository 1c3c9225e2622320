using System.Text.Json.Nodes;
using Klever.CommandLine.Api;

namespace Klever.CommandLine.Output;

/// <summary>Shows Events of the cluster.</summary>
internal static class EventView
{
    public static void Write(CommandContext context, OutputFormat output, JsonObject list) => ListView.Write(
        context,
        output,
        list,
        ("time", item => Field.Of(item, "lastTimestamp")),
        ("type", item => Field.Of(item, "type")),
        ("reason", item => Field.Of(item, "reason")),
        ("object", item => $"{Field.Of(item, "involvedObject", "kind")}/{Field.Of(item, "involvedObject", "name")}"),
        ("message", item => Field.Of(item, "message")));
}
