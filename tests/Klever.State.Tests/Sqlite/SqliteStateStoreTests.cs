using Klever.State.Sqlite;
using Klever.Testing;

namespace Klever.State.Tests.Sqlite;

public sealed class SqliteStateStoreTests : StateStoreContract, IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly ManualClock _clock = new();
    private readonly SqliteStateStore _store;

    public SqliteStateStoreTests() => _store = new SqliteStateStore(_directory.Combine("new", "state.db"), _clock);

    protected override IStateStore Store => _store;

    [Fact]
    public async Task Entry_OutlivesTheStore()
    {
        await _store.TrySaveAsync("a", Bytes("one"), cancellationToken: Token);

        using var second = new SqliteStateStore(_directory.Combine("new", "state.db"), _clock);

        Assert.Equal("one", Text(await second.GetAsync("a", Token)));
    }

    [Fact]
    public async Task TwoStoresOfOneFile_SeeEachOther()
    {
        using var second = new SqliteStateStore(_directory.Combine("new", "state.db"), _clock);

        Assert.True(await _store.TrySaveAsync("a", Bytes("one"), cancellationToken: Token));

        Assert.False(await second.TrySaveAsync("a", Bytes("two"), cancellationToken: Token));
    }

    [Fact]
    public async Task ExpiredEntries_AreTakenOutOfTheFile()
    {
        await _store.TrySaveAsync("old", Bytes("x"), timeToLive: TimeSpan.FromSeconds(1), cancellationToken: Token);
        Advance(TimeSpan.FromMinutes(2));
        await _store.TrySaveAsync("new", Bytes("x"), cancellationToken: Token);

        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={_directory.Combine("new", "state.db")}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT group_concat(key) FROM state";
        Assert.Equal("new", command.ExecuteScalar());
    }

    [Fact]
    public void FileThatIsNoDatabase_IsRefusedForGood()
    {
        var path = _directory.Write("other.txt", "this is a letter, not a database");

        var exception = Assert.Throws<StateException>(() => new SqliteStateStore(path, _clock));
        Assert.False(exception.IsTransient);
        Assert.Contains("not a database", exception.Message);
    }

    public void Dispose()
    {
        _store.Dispose();
        _directory.Dispose();
    }

    protected override void Advance(TimeSpan time) => _clock.Advance(time);
}
