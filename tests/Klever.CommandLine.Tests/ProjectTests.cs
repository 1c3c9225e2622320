using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace Klever.CommandLine.Tests;

public sealed class ProjectTests : IDisposable
{
    private readonly WireMockServer _server = WireMockServer.Start();

    private CommandRun Klever => new() { ["ORMB_USERNAME"] = "ada", ["ORMB_PASSWORD"] = "lovelace", ["KLEVER_SERVER"] = _server.Url! };

    [Fact]
    public async Task Init_OfAllOfIt_SaysWhatWasDone()
    {
        Answer(200, """{"complete":true,"message":"nlp is ready for models.","steps":[{"name":"project","outcome":"created","detail":"nlp, private"}],"todo":[]}""");
        var klever = Klever;

        Assert.Equal(0, await klever.RunAsync("project", "init", "nlp", "--namespace", "models"));

        Assert.Equal("created  project: nlp, private\n", klever.Output);
        var request = _server.LogEntries.Single().RequestMessage!;
        Assert.Equal("/api/v1alpha1/projects/nlp/setup?namespace=models", new Uri(request.Url).PathAndQuery);
        Assert.Equal("Basic YWRhOmxvdmVsYWNl", request.Headers!["Authorization"].Single());
    }

    [Fact]
    public async Task Init_WithoutTheRights_PrintsWhatAnAdministratorDoes()
    {
        Answer(403, """
            {"complete":false,"message":"Not all of nlp could be set up: webhook.","steps":[{"name":"webhook","outcome":"refused","detail":"no right"}],
             "todo":["First this.","Then that."]}
            """);
        var klever = Klever;

        Assert.Equal(10, await klever.RunAsync("project", "init", "nlp"));

        Assert.Equal("refused  webhook: no right\n\nWhat an administrator has to do:\n1. First this.\n2. Then that.\n", klever.Output);
        Assert.Equal("klever project init: Not all of nlp could be set up: webhook.\n", klever.Error);
    }

    [Fact]
    public async Task Init_WithAWrongPassword_HasTheExitCodeOfLogins()
    {
        Answer(401, """{"message":"Harbor does not know this user or password."}""");
        var klever = Klever;

        Assert.Equal(10, await klever.RunAsync("project", "init", "nlp"));
        Assert.Equal(
            "klever project init: Harbor does not know this user or password.\n", klever.Error);
    }

    [Theory]
    [InlineData(404, "<html></html>", 33, "is it the API of Klever?")]
    [InlineData(200, "<html></html>", 30, "is it the API of Klever?")]
    [InlineData(422, """{"message":"The registry is not Harbor."}""", 30, "The registry is not Harbor.")]
    [InlineData(409, """{"complete":false,"message":"Not all.","steps":[]}""", 30, "Not all.")]
    [InlineData(502, """{"message":"Harbor does not answer."}""", 31, "Harbor does not answer.")]
    public async Task Init_OfSomethingElse_SaysSo(int status, string body, int exitCode, string expected)
    {
        Answer(status, body);
        var klever = Klever;

        Assert.Equal(exitCode, await klever.RunAsync("project", "init", "nlp", "--output", "json"));
        Assert.Contains(expected, klever.Error);
    }

    [Fact]
    public async Task Init_WithoutAServer_AsksForIt()
    {
        var klever = new CommandRun();

        Assert.Equal(1, await klever.RunAsync("project", "init", "nlp"));
        Assert.Equal("klever project init: name the Klever API with --server or KLEVER_SERVER.\n", klever.Error);
    }

    [Fact]
    public async Task Init_WithPlainHttp_TakesAServerWithoutAScheme()
    {
        Answer(200, """{"complete":true,"message":"nlp is ready for models.","steps":[],"todo":[]}""");
        var klever = new CommandRun { ["PLAIN_HTTP"] = "false" };

        Assert.Equal(0, await klever.RunAsync("project", "init", "nlp", "--server", new Uri(_server.Url!).Authority, "--plain-http", "--insecure"));
        Assert.Equal("/api/v1alpha1/projects/nlp/setup", _server.LogEntries.Single().RequestMessage!.Path);
    }

    public void Dispose() => _server.Dispose();

    private void Answer(int status, string body) => _server.Given(Request.Create().UsingPost()).RespondWith(
        Response.Create().WithStatusCode(status).WithHeader("Content-Type", "application/json").WithBody(body));
}
