using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Klever.Functions.Tests.HarborAgent;

/// <summary>Bodies flow in both directions at once, begin only when the registry wants them, and end when either side has gone.</summary>
public sealed class StreamingTests
{
    private const string Refusal = "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Upload_ThatTheRegistryRefuses_IsNeverSent()
    {
        using var upstream = RawUpstream.Answering(Refusal);
        using var agent = new AgentServer(upstream.Address);

        var answer = await RawRequest.SendAsync(
            agent.Address,
            "PUT /v2/a/b/blobs/uploads/1 HTTP/1.1\r\nHost: agent\r\nContent-Length: 2147483648\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 401", answer);
        Assert.DoesNotContain("100 Continue", answer);
        Assert.Contains("Expect: 100-continue", Assert.Single(upstream.Heads));
    }

    [Fact]
    public async Task Upload_ThatTheRegistryWants_IsAskedForAndArrives()
    {
        var received = new TaskCompletionSource<string>();
        using var upstream = new RawUpstream(async (connection, _) =>
        {
            await connection.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 100 Continue\r\n\r\n"));
            var body = new byte[11];
            await connection.ReadExactlyAsync(body);
            received.SetResult(Encoding.ASCII.GetString(body));
            await connection.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 201 Created\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
        });
        using var agent = new AgentServer(upstream.Address);
        using var client = new TcpClient();
        await client.ConnectAsync(agent.Address.Host, agent.Address.Port, Token);
        var connection = client.GetStream();

        await connection.WriteAsync(
            Encoding.ASCII.GetBytes("PUT /v2/a/b/blobs/uploads/1 HTTP/1.1\r\nHost: agent\r\nContent-Length: 11\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n"),
            Token);
        var interim = new byte[25];
        await connection.ReadExactlyAsync(interim, Token);
        await connection.WriteAsync(Encoding.ASCII.GetBytes("hello world"), Token);
        var answer = await new StreamReader(connection).ReadToEndAsync(Token);

        Assert.Equal("HTTP/1.1 100 Continue\r\n\r\n", Encoding.ASCII.GetString(interim));
        Assert.StartsWith("HTTP/1.1 201", answer);
        Assert.Equal("hello world", await received.Task);
    }

    [Fact]
    public async Task Download_ThatTheClientLeaves_EndsAtTheRegistryToo()
    {
        var stopped = new TaskCompletionSource();
        using var upstream = new RawUpstream(async (connection, _) =>
        {
            await connection.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 1000000000000\r\n\r\n"));
            var block = new byte[64 * 1024];
            try
            {
                while (true)
                {
                    await connection.WriteAsync(block);
                }
            }
            catch (IOException)
            {
                stopped.SetResult();
            }
        });
        using var agent = new AgentServer(upstream.Address);
        using (var client = new HttpClient())
        using (var response = await client.GetAsync(
            new Uri(agent.Address, "/v2/a/b/blobs/sha256:x"), HttpCompletionOption.ResponseHeadersRead, Token))
        {
            await using var body = await response.Content.ReadAsStreamAsync(Token);
            await body.ReadExactlyAsync(new byte[100_000], Token);
        }

        await stopped.Task.WaitAsync(Patience, Token);
    }

    [Fact]
    public async Task Download_ThatTheRegistryBreaksOff_BreaksOffForTheClient()
    {
        using var upstream = RawUpstream.Answering("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nonly this");
        using var agent = new AgentServer(upstream.Address);
        using var client = new HttpClient();

        await Assert.ThrowsAnyAsync<HttpRequestException>(
            () => client.GetByteArrayAsync(new Uri(agent.Address, "/v2/a/b/blobs/sha256:x"), Token));
    }

    [Fact]
    public async Task Request_WhileTheRegistryIsDown_SaysSoInTheWordsOfARegistry()
    {
        using var agent = new AgentServer(new Uri("http://127.0.0.1:9"));
        using var client = new HttpClient();

        using var response = await client.GetAsync(new Uri(agent.Address, "/v2/"), Token);

        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.Equal(
            """{"errors":[{"code":"UNAVAILABLE","message":"Harbor does not answer; try again."}]}""",
            await response.Content.ReadAsStringAsync(Token));
    }
}
