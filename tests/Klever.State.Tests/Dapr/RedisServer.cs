using System.Diagnostics;
using System.Net.Sockets;
using Klever.Testing;
using StackExchange.Redis;

namespace Klever.State.Tests.Dapr;

/// <summary>A real redis-server in memory, on a socket in a directory of its own.</summary>
internal sealed class RedisServer : IDisposable
{
    private const string Executable = "/usr/bin/redis-server";
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(20);
    private readonly TemporaryDirectory _directory = new();
    private readonly Process _process;
    private readonly ConnectionMultiplexer _connection;

    public RedisServer()
    {
        Assert.SkipUnless(File.Exists(Executable), $"{Executable} is missing; install the package redis-server");
        var socket = Path.Combine(_directory.Path, "redis");
        _process = Process.Start(new ProcessStartInfo(
            Executable, ["--port", "0", "--unixsocket", socket, "--save", "", "--appendonly", "no", "--logfile", socket + ".log"]))!;
        Assert.True(SpinWait.SpinUntil(() => File.Exists(socket), StartTimeout), "redis-server does not start");
        _connection = ConnectionMultiplexer.Connect(
            new ConfigurationOptions { EndPoints = { new UnixDomainSocketEndPoint(socket) }, AbortOnConnectFail = true });
    }

    public IDatabase Database => _connection.GetDatabase();

    public IReadOnlyList<string> Keys => [.. _connection.GetServers().Single().Keys().Select(key => key.ToString())];

    public void Dispose()
    {
        _connection.Dispose();
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _directory.Dispose();
    }
}
