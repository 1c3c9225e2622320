using System.Net.Sockets;
using System.Text;

namespace Klever.Functions.Tests.HarborAgent;

/// <summary>Sends a request as it is written, and reads what comes until the server closes.</summary>
internal static class RawRequest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<string> SendAsync(Uri server, string request)
    {
        using var client = new TcpClient();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        await client.ConnectAsync(server.Host, server.Port, limit.Token);
        var connection = client.GetStream();
        await connection.WriteAsync(Encoding.Latin1.GetBytes(request), limit.Token);
        var answer = new MemoryStream();
        try
        {
            await connection.CopyToAsync(answer, limit.Token);
        }
        catch (IOException)
        {
            // Closed hard, with bytes of ours unread: what came before counts.
        }

        return Encoding.Latin1.GetString(answer.ToArray());
    }

    public static int Status(string answer) => answer.Length == 0 ? 0 : int.Parse(answer.Split(' ')[1]);
}
