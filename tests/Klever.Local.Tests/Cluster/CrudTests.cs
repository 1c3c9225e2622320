using System.Net;
using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Tests.Cluster;

public sealed class CrudTests
{
    [Fact]
    public async Task Create_SetsWhatTheServerSets()
    {
        await using var client = await ClusterClient.StartAsync();

        var created = await client.CreateAsync(ClusterClient.ModelJobs, ClusterClient.ModelJob("one"));

        Assert.True(Guid.TryParse(created.Text("metadata", "uid"), out _));
        Assert.Equal("default", created.Text("metadata", "namespace"));
        Assert.Equal(1, created.Number("metadata", "generation"));
        Assert.NotEqual("", created.Text("metadata", "resourceVersion"));
        Assert.NotNull(created.Time("metadata", "creationTimestamp"));
    }

    [Fact]
    public async Task Create_Twice_IsAlreadyExists()
    {
        await using var client = await ClusterClient.StartAsync();
        await client.CreateAsync(ClusterClient.ModelJobs, ClusterClient.ModelJob("one"));

        var (code, status) = await client.SendAsync(HttpMethod.Post, ClusterClient.ModelJobs, ClusterClient.ModelJob("one"));

        Assert.Equal(HttpStatusCode.Conflict, code);
        Assert.Equal("AlreadyExists", status.Text("reason"));
        Assert.Equal("modeljobs.kleveross.io \"one\" already exists", status.Text("message"));
        Assert.Equal("modeljobs", status.Text("details", "kind"));
    }

    [Fact]
    public async Task Create_ManyAtOnceUnderOneName_SucceedsOnce()
    {
        await using var client = await ClusterClient.StartAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(
            _ => client.SendAsync(HttpMethod.Post, ClusterClient.ModelJobs, ClusterClient.ModelJob("same"))));

        Assert.Single(answers, a => a.Code == HttpStatusCode.Created);
        Assert.Equal(49, answers.Count(a => a.Code == HttpStatusCode.Conflict));
    }

    [Fact]
    public async Task Create_WithGenerateName_MakesAName()
    {
        await using var client = await ClusterClient.StartAsync();
        var body = ClusterClient.ModelJob("");
        body["metadata"] = new JsonObject { ["generateName"] = "extract-" };

        var created = await client.CreateAsync(ClusterClient.ModelJobs, body);

        Assert.Matches("^extract-[a-z0-9]{5}$", created.Text("metadata", "name"));
    }

    [Theory]
    [InlineData("Upper")]
    [InlineData("under_score")]
    [InlineData("-dash")]
    [InlineData("ünicode")]
    public async Task Create_WithIllegalName_IsInvalid(string name)
    {
        await using var client = await ClusterClient.StartAsync();

        var (code, status) = await client.SendAsync(HttpMethod.Post, ClusterClient.ModelJobs, ClusterClient.ModelJob(name));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, code);
        Assert.Contains("metadata.name: Invalid value", status.Text("message"));
        Assert.Contains("a lowercase RFC 1123 subdomain must consist of", status.Text("message"));
    }

    [Fact]
    public async Task Create_InMissingNamespace_IsNotFound()
    {
        await using var client = await ClusterClient.StartAsync();
        var path = ClusterClient.ModelJobs.Replace("default", "nowhere");

        var (code, status) = await client.SendAsync(HttpMethod.Post, path, ClusterClient.ModelJob("one"));

        Assert.Equal(HttpStatusCode.NotFound, code);
        Assert.Equal("namespaces \"nowhere\" not found", status.Text("message"));
    }

    [Fact]
    public async Task Update_WithStaleVersion_IsAConflict()
    {
        await using var client = await ClusterClient.StartAsync();
        var stale = await client.CreateAsync(ClusterClient.ModelJobs, ClusterClient.ModelJob("one"));
        var first = stale.DeepClone();
        first["spec"]!["desiredTag"] = "a";
        await client.SendAsync(HttpMethod.Put, $"{ClusterClient.ModelJobs}/one", first);

        var (code, status) = await client.SendAsync(HttpMethod.Put, $"{ClusterClient.ModelJobs}/one", stale);

        Assert.Equal(HttpStatusCode.Conflict, code);
        Assert.Equal("Conflict", status.Text("reason"));
        Assert.Equal(
            "Operation cannot be fulfilled on modeljobs.kleveross.io \"one\": the object has been modified; "
            + "please apply your changes to the latest version and try again",
            status.Text("message"));
    }

    [Fact]
    public async Task Update_OfCustomResourceWithoutVersion_IsInvalid()
    {
        await using var client = await ClusterClient.StartAsync();
        await client.CreateAsync(ClusterClient.ModelJobs, ClusterClient.ModelJob("one"));

        var (code, status) = await client.SendAsync(HttpMethod.Put, $"{ClusterClient.ModelJobs}/one", ClusterClient.ModelJob("one"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, code);
        Assert.Contains("metadata.resourceVersion: Invalid value: 0x0: must be specified for an update", status.Text("message"));
    }

    [Fact]
    public async Task StatusAndSpec_AreWrittenThroughTheirOwnPathsOnly()
    {
        await using var client = await ClusterClient.StartAsync();
        var created = await client.CreateAsync(ClusterClient.ModelJobs, ClusterClient.ModelJob("one"));
        created["spec"]!["desiredTag"] = "new";
        created["status"] = new JsonObject { ["phase"] = "Running", ["message"] = "" };

        var (_, afterStatus) = await client.SendAsync(HttpMethod.Put, $"{ClusterClient.ModelJobs}/one/status", created);
        created["metadata"]!["resourceVersion"] = afterStatus.Text("metadata", "resourceVersion");
        created["status"]!["phase"] = "Failed";
        var (_, afterSpec) = await client.SendAsync(HttpMethod.Put, $"{ClusterClient.ModelJobs}/one", created);

        Assert.Null(afterStatus.Text("spec", "desiredTag"));
        Assert.Equal("Running", afterStatus.Text("status", "phase"));
        Assert.Equal(1, afterStatus.Number("metadata", "generation"));
        Assert.Equal("new", afterSpec.Text("spec", "desiredTag"));
        Assert.Equal("Running", afterSpec.Text("status", "phase"));
        Assert.Equal(2, afterSpec.Number("metadata", "generation"));
    }

    [Fact]
    public async Task Update_ThatChangesNothing_KeepsTheVersion()
    {
        await using var client = await ClusterClient.StartAsync();
        var created = await client.CreateAsync(ClusterClient.ModelJobs, ClusterClient.ModelJob("one"));

        var (_, updated) = await client.SendAsync(HttpMethod.Put, $"{ClusterClient.ModelJobs}/one", created);

        Assert.Equal(created.Text("metadata", "resourceVersion"), updated.Text("metadata", "resourceVersion"));
    }

    [Fact]
    public async Task Delete_WithFinalizer_WaitsForItsRemoval()
    {
        await using var client = await ClusterClient.StartAsync();
        var body = ClusterClient.ModelJob("held");
        body["metadata"]!["finalizers"] = new JsonArray("kleveross.io/hold");
        await client.CreateAsync(ClusterClient.ModelJobs, body);

        var (_, marked) = await client.SendAsync(HttpMethod.Delete, $"{ClusterClient.ModelJobs}/held");
        var patch = JsonNode.Parse("""{"metadata":{"finalizers":null}}""");
        await client.SendAsync(HttpMethod.Patch, $"{ClusterClient.ModelJobs}/held", patch, "application/merge-patch+json");

        Assert.NotNull(marked.Text("metadata", "deletionTimestamp"));
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"{ClusterClient.ModelJobs}/held")).Code);
    }

    [Fact]
    public async Task Delete_WithWrongUid_IsAConflict()
    {
        await using var client = await ClusterClient.StartAsync();
        await client.CreateAsync(ClusterClient.ModelJobs, ClusterClient.ModelJob("one"));

        var options = JsonNode.Parse("""{"preconditions":{"uid":"other"}}""");
        var (code, status) = await client.SendAsync(HttpMethod.Delete, $"{ClusterClient.ModelJobs}/one", options);

        Assert.Equal(HttpStatusCode.Conflict, code);
        Assert.Contains("Precondition failed: UID in precondition: other", status.Text("message"));
    }

    [Fact]
    public async Task Delete_OfOwner_TakesWhatItOwns()
    {
        await using var client = await ClusterClient.StartAsync();
        var owner = await client.CreateAsync(ClusterClient.ModelJobs, ClusterClient.ModelJob("owner"));
        var owned = JsonNode.Parse("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"owned"}}""")!;
        owned["metadata"]!["ownerReferences"] = new JsonArray(((JsonObject)owner).ControllerReference());
        await client.CreateAsync("/api/v1/namespaces/default/configmaps", owned);

        await client.SendAsync(HttpMethod.Delete, $"{ClusterClient.ModelJobs}/owner");

        await client.EventuallyAsync("/api/v1/namespaces/default/configmaps/owned", b => b.Number("code") == 404);
    }

    [Fact]
    public async Task Delete_OfNamespace_EmptiesIt()
    {
        await using var client = await ClusterClient.StartAsync();
        await client.CreateAsync("/api/v1/namespaces", JsonNode.Parse("""{"metadata":{"name":"team"}}""")!);
        var path = ClusterClient.ModelJobs.Replace("default", "team");
        await client.CreateAsync(path, ClusterClient.ModelJob("one"));

        await client.SendAsync(HttpMethod.Delete, "/api/v1/namespaces/team");

        await client.EventuallyAsync("/api/v1/namespaces/team", b => b.Number("code") == 404);
        Assert.Empty((await client.GetAsync(path)).Body.Objects("items"));
    }

    [Theory]
    [InlineData("GET", "/apis/kleveross.io/v1alpha1/namespaces/default/nothings", 404)]
    [InlineData("GET", "/apis/kleveross.io/v1alpha1/namespaces/default/modeljobs/none", 404)]
    [InlineData("PUT", "/apis/kleveross.io/v1alpha1/namespaces/default/modeljobs", 405)]
    [InlineData("POST", "/apis/kleveross.io/v1alpha1/namespaces/default/modeljobs/one", 405)]
    [InlineData("GET", "/apis/kleveross.io/v1alpha1/modeljobs?fieldSelector=spec.model=x", 400)]
    [InlineData("GET", "/apis/kleveross.io/v1alpha1/modeljobs?labelSelector=a+b", 400)]
    [InlineData("GET", "/apis/kleveross.io/v1alpha1/modeljobs?continue=nonsense", 400)]
    public async Task Request_ThatCannotBeServed_IsAStatus(string method, string path, int expected)
    {
        await using var client = await ClusterClient.StartAsync();

        var (code, status) = await client.SendAsync(new HttpMethod(method), path);

        Assert.Equal(expected, (int)code);
        Assert.Equal("Status", status.Text("kind"));
        Assert.Equal(expected, status.Number("code"));
    }

    [Theory]
    [InlineData("not json", "application/json", 400)]
    [InlineData("{}", "application/xml", 415)]
    public async Task Create_WithUnreadableBody_IsRefused(string body, string mediaType, int expected)
    {
        await using var client = await ClusterClient.StartAsync();
        using var content = new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue(mediaType));

        using var response = await client.Http.PostAsync(ClusterClient.ModelJobs, content, TestContext.Current.CancellationToken);

        Assert.Equal(expected, (int)response.StatusCode);
    }

    [Fact]
    public async Task Create_WithFourMegabytes_IsTooLarge()
    {
        await using var client = await ClusterClient.StartAsync();
        var body = ClusterClient.ModelJob("large");
        body["metadata"]!["annotations"] = new JsonObject { ["a"] = new string('x', 4 * 1024 * 1024) };

        var (code, _) = await client.SendAsync(HttpMethod.Post, ClusterClient.ModelJobs, body);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, code);
    }

    [Fact]
    public async Task State_SurvivesARestart()
    {
        using var data = new Klever.Testing.TemporaryDirectory();
        JsonNode created;
        await using (var first = await ClusterClient.StartAsync(o => o with { DataDirectory = data.Path }))
        {
            created = await first.CreateAsync(ClusterClient.ModelJobs, ClusterClient.ModelJob("kept"));
        }

        await using var second = await ClusterClient.StartAsync(o => o with { DataDirectory = data.Path, DefinitionFiles = [] });

        var (_, read) = await second.GetAsync($"{ClusterClient.ModelJobs}/kept");
        Assert.True(JsonNode.DeepEquals(created, read), read.ToJsonString());
    }

    [Fact]
    public async Task Audit_NamesCallerVerbAndResource()
    {
        await using var client = await ClusterClient.StartAsync();
        await client.SendAsync(HttpMethod.Get, $"{ClusterClient.ModelJobs}/none", token: "local:job-completion");
        await client.SendAsync(HttpMethod.Put, $"{ClusterClient.ModelJobs}/none/status", ClusterClient.ModelJob("none"), token: "local:job-completion");

        var (_, calls) = await client.GetAsync("/local/audit?user=job-completion");

        Assert.Equal(
            ["get modeljobs 404", "update modeljobs/status 404"],
            calls.AsArray().Select(c => $"{c.Text("verb")} {c.Text("resource")} {c.Number("code")}"));
    }
}
