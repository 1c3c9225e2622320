using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Tests.Cluster;

public sealed class ListAndWatchTests
{
    [Theory]
    [InlineData("labelSelector=tier%3Dgold", "a,c")]
    [InlineData("labelSelector=tier!%3Dgold", "b,d")]
    [InlineData("labelSelector=tier+in+(gold,silver)", "a,b,c")]
    [InlineData("labelSelector=tier+notin+(gold),tier", "b")]
    [InlineData("labelSelector=!tier", "d")]
    [InlineData("fieldSelector=metadata.name%3Db", "b")]
    [InlineData("fieldSelector=metadata.name!%3Db,metadata.namespace%3Ddefault", "a,c,d")]
    public async Task List_WithSelector_GivesWhatMatches(string query, string expected)
    {
        await using var client = await ClusterClient.StartAsync();
        await CreateAsync(client, "a", "gold");
        await CreateAsync(client, "b", "silver");
        await CreateAsync(client, "c", "gold");
        await CreateAsync(client, "d", null);

        var (_, list) = await client.GetAsync($"{ClusterClient.ModelJobs}?{query}");

        Assert.Equal(expected, Names(list));
    }

    [Fact]
    public async Task List_InPages_GivesEachOnce()
    {
        await using var client = await ClusterClient.StartAsync();
        foreach (var name in (string[])["a", "b", "c", "d", "e"])
        {
            await CreateAsync(client, name, null);
        }

        var (_, first) = await client.GetAsync($"{ClusterClient.ModelJobs}?limit=2");
        var token = Uri.EscapeDataString(first.Text("metadata", "continue")!);
        var (_, rest) = await client.GetAsync($"{ClusterClient.ModelJobs}?limit=3&continue={token}");

        Assert.Equal("a,b", Names(first));
        Assert.Equal(3, first.Number("metadata", "remainingItemCount"));
        Assert.Equal("c,d,e", Names(rest));
        Assert.Null(rest.Text("metadata", "continue"));
    }

    [Fact]
    public async Task Watch_FromAVersion_ShowsEveryChangeAfterIt()
    {
        await using var client = await ClusterClient.StartAsync();
        var before = await CreateAsync(client, "before", null);
        await using var watch = await WatchReader.OpenAsync(
            client, $"{ClusterClient.ModelJobs}?watch=true&resourceVersion={before.Text("metadata", "resourceVersion")}");

        await CreateAsync(client, "one", null);
        await LabelAsync(client, "one", "gold");
        await client.SendAsync(HttpMethod.Delete, $"{ClusterClient.ModelJobs}/one");

        Assert.Equal(["ADDED one", "MODIFIED one", "DELETED one"], await watch.TakeAsync(3));
    }

    [Fact]
    public async Task Watch_WithoutVersion_BeginsWithWhatIsThere()
    {
        await using var client = await ClusterClient.StartAsync();
        await CreateAsync(client, "there", null);

        await using var watch = await WatchReader.OpenAsync(client, $"{ClusterClient.ModelJobs}?watch=true");

        Assert.Equal(["ADDED there"], await watch.TakeAsync(1));
    }

    [Fact]
    public async Task Watch_OfObjectsThatComeToMatch_ShowsThemAsAddedAndDeleted()
    {
        await using var client = await ClusterClient.StartAsync();
        var created = await CreateAsync(client, "one", "silver");
        await using var watch = await WatchReader.OpenAsync(
            client,
            $"{ClusterClient.ModelJobs}?watch=true&labelSelector=tier%3Dgold&resourceVersion={created.Text("metadata", "resourceVersion")}");

        await LabelAsync(client, "one", "gold");
        await LabelAsync(client, "one", "silver");

        Assert.Equal(["ADDED one", "DELETED one"], await watch.TakeAsync(2));
    }

    [Fact]
    public async Task Watch_FromForgottenVersion_IsGone()
    {
        await using var client = await ClusterClient.StartAsync();
        var old = await CreateAsync(client, "one", null);
        await LabelAsync(client, "one", "gold");
        client.Cluster.Objects.Store.History.Compact();

        await using var watch = await WatchReader.OpenAsync(
            client, $"{ClusterClient.ModelJobs}?watch=true&resourceVersion={old.Text("metadata", "resourceVersion")}");
        var error = await watch.NextAsync();

        Assert.Equal("ERROR", error.Text("type"));
        Assert.Equal(410, error.Number("object", "code"));
        Assert.Equal("Expired", error.Text("object", "reason"));
    }

    [Fact]
    public async Task Watch_WithTimeout_Ends()
    {
        await using var client = await ClusterClient.StartAsync();

        var (code, body) = await client.GetAsync($"{ClusterClient.ModelJobs}?watch=true&resourceVersion=1&timeoutSeconds=1");

        Assert.Equal(System.Net.HttpStatusCode.OK, code);
        Assert.Equal("", body.Text());
    }

    [Fact]
    public async Task List_AsTable_HasTheColumnsOfTheDefinition()
    {
        await using var client = await ClusterClient.StartAsync();
        await CreateAsync(client, "one", null);
        using var request = new HttpRequestMessage(HttpMethod.Get, ClusterClient.ModelJobs);
        request.Headers.TryAddWithoutValidation("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io,application/json");

        using var response = await client.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var table = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        Assert.Equal("Table", table.Text("kind"));
        Assert.Equal("Name", table.Objects("columnDefinitions").First().Text("name"));
        Assert.Equal("one", table.Objects("rows").Single().At("cells")!.AsArray()[0].Text());
        Assert.Equal("PartialObjectMetadata", table.Objects("rows").Single().Text("object", "kind"));
    }

    private static string Names(JsonNode list) => string.Join(',', list.Objects("items").Select(i => ObjectMetadata.Name(i)));

    private static Task<JsonNode> CreateAsync(ClusterClient client, string name, string? tier)
    {
        var body = ClusterClient.ModelJob(name);
        if (tier is not null)
        {
            body["metadata"]!["labels"] = new JsonObject { ["tier"] = tier };
        }

        return client.CreateAsync(ClusterClient.ModelJobs, body);
    }

    private static Task LabelAsync(ClusterClient client, string name, string tier) => client.SendAsync(
        HttpMethod.Patch,
        $"{ClusterClient.ModelJobs}/{name}",
        new JsonObject { ["metadata"] = new JsonObject { ["labels"] = new JsonObject { ["tier"] = tier } } },
        "application/merge-patch+json");
}
