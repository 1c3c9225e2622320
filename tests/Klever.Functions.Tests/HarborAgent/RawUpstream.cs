using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Klever.Functions.Tests.HarborAgent;

/// <summary>Takes requests as bytes and answers with bytes: what really travels, without a framework that would tidy it up.</summary>
internal sealed class RawUpstream : IDisposable
{
    private const int MaximumHead = 64 * 1024;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<string> _heads = new();
    private readonly Func<NetworkStream, string, Task> _answer;

    /// <param name="answer">Gets the connection and the head of the request; the connection is closed after it.</param>
    public RawUpstream(Func<NetworkStream, string, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _ = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>Request lines and headers of all requests.</summary>
    public IReadOnlyList<string> Heads => [.. _heads];

    public static RawUpstream Answering(string response) =>
        new((connection, _) => connection.WriteAsync(Encoding.ASCII.GetBytes(response)).AsTask());

    public void Forget() => _heads.Clear();

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            var connection = client.GetStream();
            var head = new StringBuilder();
            var one = new byte[1];
            while (head.Length < MaximumHead && !head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal)
                && await connection.ReadAsync(one) > 0)
            {
                head.Append((char)one[0]);
            }

            _heads.Enqueue(head.ToString());
            await _answer(connection, head.ToString());
        }
    }
}
