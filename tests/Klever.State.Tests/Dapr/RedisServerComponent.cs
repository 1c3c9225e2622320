using Google.Protobuf;
using Klever.Testing;
using Klever.Testing.Dapr;
using StackExchange.Redis;

namespace Klever.State.Tests.Dapr;

/// <summary>What <see cref="RedisComponent"/> plays, over a real Redis: a hash for each key, changed by scripts, and a time to live that
/// is set after the change.</summary>
internal sealed class RedisServerComponent(ManualClock clock) : IComponent, IDisposable
{
    private const string SaveScript =
        """
        local version = redis.call('HGET', KEYS[1], 'version')
        if version and version ~= ARGV[1] and (ARGV[1] ~= '0' or redis.call('HEXISTS', KEYS[1], 'first-write') == 1) then return 0 end
        redis.call('HSET', KEYS[1], 'data', ARGV[2])
        if ARGV[3] == '1' then redis.call('HSET', KEYS[1], 'first-write', 1) end
        return redis.call('HINCRBY', KEYS[1], 'version', 1)
        """;

    private const string DeleteScript =
        """
        local version = redis.call('HGET', KEYS[1], 'version')
        if version and ARGV[1] ~= '0' and version ~= ARGV[1] then return 0 end
        redis.call('DEL', KEYS[1])
        return 1
        """;

    private readonly RedisServer _server = new();
    private DateTimeOffset _seen = clock.GetUtcNow();

    public IReadOnlyCollection<string> Keys => _server.Keys;

    public (ByteString Value, string ETag)? Get(string key)
    {
        LetTimePass();
        return _server.Database.HashGet(key, ["data", "version"]) is [{ IsNull: false } data, { IsNull: false } version]
            ? (ByteString.CopyFrom((byte[])data!), version.ToString())
            : null;
    }

    public void Save(string key, ByteString value, string? etag, bool isFirstWrite, int? timeToLive)
    {
        LetTimePass();
        if ((long)_server.Database.ScriptEvaluate(SaveScript, [key], [etag ?? "0", value.ToByteArray(), isFirstWrite ? 1 : 0]) == 0)
        {
            throw etag is null ? ComponentException.Failure($"failed to set key {key}") : ComponentException.Mismatch();
        }

        if (timeToLive is { } seconds)
        {
            _server.Database.KeyExpire(key, seconds > 0 ? TimeSpan.FromSeconds(seconds) : null);
        }
    }

    public void Delete(string key, string? etag)
    {
        LetTimePass();
        if ((long)_server.Database.ScriptEvaluate(DeleteScript, [key], [etag ?? "0"]) == 0)
        {
            throw ComponentException.Mismatch();
        }
    }

    public void Dispose() => _server.Dispose();

    // Redis has a clock of its own, so what passes on the test's is taken from every time to live.
    private void LetTimePass()
    {
        var passed = clock.GetUtcNow() - _seen;
        _seen += passed;
        foreach (var key in passed > TimeSpan.Zero ? _server.Keys : [])
        {
            if (_server.Database.KeyTimeToLive(key) is { } left)
            {
                _server.Database.KeyExpire(key, left > passed ? left - passed : TimeSpan.FromMilliseconds(-1));
            }
        }
    }
}
