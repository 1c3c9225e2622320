using System.Text;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace Klever.CommandLine.Tests.Api;

/// <summary>A Klever API that answers as told.</summary>
internal sealed class FakeApi : IDisposable
{
    private const string Prefix = "/api/v1alpha1/";

    private readonly WireMockServer _server = WireMockServer.Start();

    public string Address => _server.Url!;

    /// <summary>Method, path and query of the last request.</summary>
    public string LastRequest
    {
        get
        {
            var request = _server.LogEntries[^1].RequestMessage!;
            return $"{request.Method} {new Uri(request.AbsoluteUrl).PathAndQuery.Replace(Prefix, "", StringComparison.Ordinal)}";
        }
    }

    public string? LastBody => _server.LogEntries[^1].RequestMessage!.Body;

    /// <summary>User and password of the last request; null when it had none.</summary>
    public string? LastAccount => _server.LogEntries[^1].RequestMessage!.Headers!.TryGetValue("Authorization", out var values)
        ? Encoding.UTF8.GetString(Convert.FromBase64String(values.ToString().Split(' ')[1]))
        : null;

    public void Answer(string method, string path, string body, int status = 200) => _server
        .Given(Request.Create().UsingMethod(method).WithPath(Prefix + path))
        .RespondWith(Response.Create().WithStatusCode(status).WithBody(body));

    /// <summary>Answers one after the other; the last for ever.</summary>
    public void AnswerInTurn(string path, params string[] bodies)
    {
        var turn = 0;
        _server.Given(Request.Create().UsingGet().WithPath(Prefix + path)).RespondWith(
            Response.Create().WithBody(_ => bodies[Math.Min(turn++, bodies.Length - 1)]));
    }

    public CommandRun Klever(string? account = "ada:lovelace")
    {
        var klever = new CommandRun { ["KLEVER_SERVER"] = Address, ["HOME"] = "/nowhere" };
        if (account is not null)
        {
            (klever["ORMB_USERNAME"], klever["ORMB_PASSWORD"]) = (account.Split(':')[0], account.Split(':')[1]);
        }

        return klever;
    }

    public void Dispose() => _server.Dispose();
}
