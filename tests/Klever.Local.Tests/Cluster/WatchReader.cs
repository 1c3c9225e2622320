using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Tests.Cluster;

/// <summary>An open watch, read line by line.</summary>
internal sealed class WatchReader : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _lines;

    private WatchReader(HttpResponseMessage response, Stream body)
    {
        _response = response;
        _lines = new StreamReader(body);
    }

    public static async Task<WatchReader> OpenAsync(ClusterClient client, string path)
    {
        var response = await client.Http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        return new WatchReader(response, await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
    }

    public async Task<JsonNode> NextAsync()
    {
        var line = await _lines.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience);
        return JsonNode.Parse(line!)!;
    }

    /// <summary>The next events as "TYPE name".</summary>
    public async Task<IReadOnlyList<string>> TakeAsync(int count)
    {
        var events = new List<string>();
        while (events.Count < count)
        {
            var next = await NextAsync();
            events.Add($"{next.Text("type")} {next.Text("object", "metadata", "name")}");
        }

        return events;
    }

    public ValueTask DisposeAsync()
    {
        _lines.Dispose();
        _response.Dispose();
        return ValueTask.CompletedTask;
    }
}
