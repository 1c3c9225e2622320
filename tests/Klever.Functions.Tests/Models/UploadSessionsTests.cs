using Klever.Functions.Hosting;
using Klever.Functions.Models.Upload;
using Klever.State.Sqlite;
using Klever.Testing;

namespace Klever.Functions.Tests.Models;

/// <summary>Who may put an upload together, and when somebody else may.</summary>
public sealed class UploadSessionsTests : IDisposable
{
    private const string Key = "upload/team/net:v1/0123";
    private static readonly ChunkRange Whole = new(0, 99, 100);
    private static readonly UploadChunk Chunk = new(0, 100, "content", $"sha256:{new string('a', 64)}");
    private static readonly UploadResult Result = new("host/team/net:v1", $"sha256:{new string('b', 64)}", 7, "ONNX");

    private readonly TemporaryDirectory _directory = new();
    private readonly ManualClock _clock = new(DateTimeOffset.UtcNow);
    private readonly SqliteStateStore _store;
    private readonly UploadSessions _sessions;

    public UploadSessionsTests()
    {
        _store = new SqliteStateStore(_directory.Combine("state.db"));
        _sessions = new UploadSessions(_store, new UploadSettings(), _clock);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TryWork_OfAnIncompleteUpload_IsNobodys()
    {
        await _sessions.OpenAsync(Key, Whole, Token);

        Assert.False(await _sessions.TryWorkAsync(Key, "first", Token));
    }

    [Fact]
    public async Task TryWork_ByTwo_IsTheFirstsAsLongAsItShowsLife()
    {
        await _sessions.AddAsync(Key, Whole, Chunk, UploadForm.Empty, Token);

        Assert.True(await _sessions.TryWorkAsync(Key, "first", Token));
        Assert.False(await _sessions.TryWorkAsync(Key, "second", Token));
        _clock.Advance(UploadSessions.Lease * 0.9);
        Assert.True(await _sessions.TryWorkAsync(Key, "first", Token));
        _clock.Advance(UploadSessions.Lease * 0.9);
        Assert.False(await _sessions.TryWorkAsync(Key, "second", Token));
    }

    [Fact]
    public async Task TryWork_AfterTheFirstDied_IsTheSeconds()
    {
        await _sessions.AddAsync(Key, Whole, Chunk, UploadForm.Empty, Token);
        await _sessions.TryWorkAsync(Key, "first", Token);

        _clock.Advance(UploadSessions.Lease * 1.1);

        Assert.True(await _sessions.TryWorkAsync(Key, "second", Token));
        Assert.False(await _sessions.TryWorkAsync(Key, "first", Token));
        await _sessions.EndAsync(Key, "first", Result with { Format = "late" }, failure: null, Token);
        Assert.Null((await _sessions.FindAsync(Key, Token))!.Result);
    }

    [Fact]
    public async Task Open_AfterTheEnd_BeginsAnewAndRemembersTheResult()
    {
        await _sessions.AddAsync(Key, Whole, Chunk, UploadForm.Empty, Token);
        await _sessions.TryWorkAsync(Key, "first", Token);
        await _sessions.EndAsync(Key, "first", Result, failure: null, Token);

        var next = await _sessions.OpenAsync(Key, Whole, Token);

        Assert.Empty(next.Chunks);
        Assert.True(next.Previous!.Had(Whole, "content"));
        Assert.False(next.Previous.Had(Whole, "other"));
        Assert.Equal(Result, next.Previous.Result);
    }

    [Fact]
    public async Task Add_ByManyAtOnce_LosesNone()
    {
        const int Count = 60;
        var chunks = Enumerable.Range(0, Count).Select(i => new UploadChunk(i, 1, $"{i}", Chunk.Digest)).ToList();

        await Task.WhenAll(chunks.Select(chunk => Task.Run(
            () => _sessions.AddAsync(Key, new ChunkRange(chunk.From, chunk.From, Count), chunk, UploadForm.Empty, Token), Token)));

        var state = await _sessions.FindAsync(Key, Token);
        Assert.Equal(chunks, state!.Chunks);
        Assert.True(state.IsComplete);
    }

    public void Dispose()
    {
        _store.Dispose();
        _directory.Dispose();
    }
}
