using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace Klever.CommandLine.Tests;

public sealed class SweepCommandTests : IDisposable
{
    private const string Path = "/api/v1alpha1/sweep";
    private readonly WireMockServer _server = WireMockServer.Start();
    private readonly CommandRun _run = new() { ["ORMB_USERNAME"] = "ada", ["ORMB_PASSWORD"] = "secret" };

    public SweepCommandTests() => _run["KLEVER_SERVER"] = _server.Url!;

    [Fact]
    public async Task DryRun_ListsEveryPage_AndAsksOnlyWithGet()
    {
        Answer(next: null, """{"items":[{"kind":"modeljob-without-job","model":"b/dog:v1","modelJob":"default/x","reason":"It has no Job."}],"continue":"b/dog"}""");
        Answer(next: "b/dog", """{"items":[{"kind":"model-without-extraction","model":"c/cow:v1","modelJob":"default/y","reason":"Nobody read it."}],"passedOver":[{"repository":"c/cat","reason":"500 UNKNOWN"}]}""");

        var code = await _run.RunAsync("sweep", "--dry-run");

        Assert.Equal(0, code);
        Assert.Contains("b/dog:v1", _run.Output, StringComparison.Ordinal);
        Assert.Contains("Nobody read it.", _run.Output, StringComparison.Ordinal);
        Assert.Contains("c/cat cannot be read: 500 UNKNOWN", _run.Error, StringComparison.Ordinal);
        Assert.All(_server.LogEntries, entry => Assert.Equal("GET", entry.RequestMessage!.Method));
        Assert.Equal("Basic YWRhOnNlY3JldA==", _server.LogEntries[0].RequestMessage!.Headers!["Authorization"][0]);
    }

    [Fact]
    public async Task Sweep_Posts()
    {
        Answer(next: null, """{"items":[]}""");

        Assert.Equal(0, await _run.RunAsync("sweep", "--output", "json"));

        Assert.Equal("POST", Assert.Single(_server.LogEntries).RequestMessage!.Method);
        Assert.Contains("\"items\": []", _run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sweep_ThatIsRefused_SaysWhatTheServerSays()
    {
        _server.Given(Request.Create()).RespondWith(Response.Create().WithStatusCode(401).WithBody("""{"message":"Harbor does not know this user."}"""));

        Assert.NotEqual(0, await _run.RunAsync("sweep", "--dry-run"));

        Assert.Contains("Harbor does not know this user.", _run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Extract_InAJob_GoesOnWithItsTrace()
    {
        const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        _server.Given(Request.Create()).RespondWith(Response.Create().WithStatusCode(404));
        _run["TRACEPARENT"] = $"00-{Trace}-00f067aa0ba902b7-01";

        await _run.RunAsync("extract", $"{new Uri(_server.Url!).Authority}/a/b:c");

        Assert.Equal(Trace, _server.LogEntries[0].RequestMessage!.Headers!["traceparent"][0].Split('-')[1]);
    }

    public void Dispose() => _server.Dispose();

    private void Answer(string? next, string body)
    {
        var request = Request.Create().WithPath(Path);
        _server.Given(next is null ? request : request.WithParam("continue", next)).AtPriority(next is null ? 2 : 1)
            .RespondWith(Response.Create().WithBody(body));
    }
}
