using Klever.Functions.Hosting;
using Klever.Functions.Models.Upload;
using Klever.State;
using Klever.State.Sqlite;
using Klever.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Klever.Functions.Tests.Models;

/// <summary>A worker shows that it is alive until it is done, whatever the store does meanwhile.</summary>
public sealed class UploadLeaseTests : IDisposable
{
    private const string Key = "upload/team/net:v1/0123";
    private static readonly UploadChunk Chunk = new(0, 100, "content", $"sha256:{new string('a', 64)}");

    private readonly TemporaryDirectory _directory = new();
    private readonly ImpatientTime _clock = new();
    private readonly FailingStore _store;
    private readonly UploadSessions _sessions;
    private readonly UploadLease _lease;

    public UploadLeaseTests()
    {
        _store = new FailingStore(new SqliteStateStore(_directory.Combine("state.db")));
        _sessions = new UploadSessions(_store, new UploadSettings(), _clock);
        _lease = new UploadLease(_sessions, _clock, NullLogger<UploadLease>.Instance);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keep_WhileTheStoreFailsForAMoment_RenewsAfterwards()
    {
        await BeginAsync("first");
        using var work = CancellationTokenSource.CreateLinkedTokenSource(Token);
        _store.Fail(times: 3);

        var kept = _lease.KeepAsync(Key, "first", work);
        await _store.SavedAsync(times: 2).WaitAsync(TimeSpan.FromSeconds(60), Token);

        Assert.False(work.IsCancellationRequested);
        await work.CancelAsync();
        await kept;
    }

    [Fact]
    public async Task Keep_OfWorkThatAnotherTookOver_StopsIt()
    {
        await BeginAsync("second");
        using var work = CancellationTokenSource.CreateLinkedTokenSource(Token);

        await _lease.KeepAsync(Key, "first", work).WaitAsync(TimeSpan.FromSeconds(60), Token);

        Assert.True(work.IsCancellationRequested);
    }

    public void Dispose()
    {
        _store.Dispose();
        _directory.Dispose();
    }

    private async Task BeginAsync(string worker)
    {
        await _sessions.AddAsync(Key, new ChunkRange(0, 99, 100), Chunk, UploadForm.Empty, Token);
        Assert.True(await _sessions.TryWorkAsync(Key, worker, Token));
    }

    private sealed class FailingStore(SqliteStateStore store) : IStateStore, IDisposable
    {
        private readonly SemaphoreSlim _saved = new(0);
        private int _failures;

        /// <summary>Fails that often; what was saved before is not counted.</summary>
        public void Fail(int times)
        {
            while (_saved.Wait(0, Token))
            {
                // Taken.
            }

            _failures = times;
        }

        public async Task SavedAsync(int times)
        {
            for (var i = 0; i < times; i++)
            {
                await _saved.WaitAsync(Token);
            }
        }

        public Task<StateEntry?> GetAsync(string key, CancellationToken cancellationToken = default) => store.GetAsync(key, cancellationToken);

        public async Task<bool> TrySaveAsync(
            string key, ReadOnlyMemory<byte> value, string? etag = null, TimeSpan? timeToLive = null, CancellationToken cancellationToken = default)
        {
            if (_failures > 0)
            {
                _failures--;
                throw new StateException("The store is away.");
            }

            var isSaved = await store.TrySaveAsync(key, value, etag, timeToLive, cancellationToken);
            _saved.Release();
            return isSaved;
        }

        public Task<bool> TryDeleteAsync(string key, string? etag = null, CancellationToken cancellationToken = default) =>
            store.TryDeleteAsync(key, etag, cancellationToken);

        public void Dispose()
        {
            store.Dispose();
            _saved.Dispose();
        }
    }
}
