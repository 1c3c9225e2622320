using Microsoft.Data.Sqlite;

namespace Klever.State.Sqlite;

/// <summary>State in one SQLite file: the embedded default, for one machine or one replica.</summary>
/// <remarks>Every operation is one SQL statement, so it is atomic between threads and processes. SQLite itself is
/// synchronous: a
/// call holds its thread, for a fraction of a millisecond as a rule and for <see cref="BusyTimeout"/> at
/// most.</remarks>
public sealed class SqliteStateStore : IStateStore, IDisposable
{
    /// <summary>How long a writer waits for another one.</summary>
    public static readonly TimeSpan BusyTimeout = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan PurgeInterval = TimeSpan.FromMinutes(1);
    private readonly string _connectionString;
    private readonly TimeProvider _clock;
    private long _nextPurge;

    /// <summary>Opens the file, and makes it and its directory when they are missing.</summary>
    /// <exception cref="StateException">It cannot be opened, or is no SQLite file.</exception>
    public SqliteStateStore(string path, TimeProvider? clock = null)
    {
        _clock = clock ?? TimeProvider.System;
        _connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = Path.GetFullPath(path),
            DefaultTimeout = (int)BusyTimeout.TotalSeconds,
        }.ToString();
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        Run(SqliteStatements.Create, _ => { }, command => command.ExecuteNonQuery());
    }

    public Task<StateEntry?> GetAsync(string key, CancellationToken cancellationToken = default)
    {
        StateLimits.CheckKey(key);
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Run(SqliteStatements.Get, p => p.AddWithValue("$key", key), ReadEntry));
    }

    public Task<bool> TrySaveAsync(
        string key,
        ReadOnlyMemory<byte> value,
        string? etag = null,
        TimeSpan? timeToLive = null,
        CancellationToken cancellationToken = default)
    {
        StateLimits.CheckKey(key);
        StateLimits.CheckValue(value);
        StateLimits.CheckTimeToLive(timeToLive);
        cancellationToken.ThrowIfCancellationRequested();
        PurgeNowAndThen();
        var saved = Run(
            etag is null ? SqliteStatements.Insert : SqliteStatements.Update, Bind, c => c.ExecuteNonQuery());
        return Task.FromResult(saved == 1);

        void Bind(SqliteParameterCollection parameters)
        {
            parameters.AddWithValue("$key", key);
            parameters.AddWithValue("$value", value.ToArray());
            parameters.AddWithValue("$new", Guid.NewGuid().ToString("n"));
            parameters.AddWithValue("$expires", timeToLive is { } time ? Expiry(time) : DBNull.Value);
            if (etag is not null)
            {
                parameters.AddWithValue("$etag", etag);
            }
        }
    }

    public Task<bool> TryDeleteAsync(string key, string? etag = null, CancellationToken cancellationToken = default)
    {
        StateLimits.CheckKey(key);
        cancellationToken.ThrowIfCancellationRequested();
        var left = Run(
            SqliteStatements.Delete,
            parameters =>
            {
                parameters.AddWithValue("$key", key);
                parameters.AddWithValue("$etag", (object?)etag ?? DBNull.Value);
            },
            command => (long)command.ExecuteScalar()!);
        return Task.FromResult(left == 0);
    }

    /// <summary>Closes the pooled connections, so that the file can be deleted.</summary>
    public void Dispose()
    {
        using var connection = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(connection);
    }

    private static StateEntry? ReadEntry(SqliteCommand command)
    {
        using var reader = command.ExecuteReader();
        return reader.Read() ? new StateEntry((byte[])reader.GetValue(0), reader.GetString(1)) : null;
    }

    private void PurgeNowAndThen()
    {
        var now = Now();
        var due = Interlocked.Read(ref _nextPurge);
        if (now >= due && Interlocked.CompareExchange(ref _nextPurge, now + (long)PurgeInterval.TotalMilliseconds, due) == due)
        {
            Run(SqliteStatements.Purge, _ => { }, command => command.ExecuteNonQuery());
        }
    }

    private T Run<T>(string sql, Action<SqliteParameterCollection> bind, Func<SqliteCommand, T> execute)
    {
        try
        {
            using var connection = new SqliteConnection(_connectionString);
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.Parameters.AddWithValue("$now", Now());
            bind(command.Parameters);
            return execute(command);
        }
        catch (SqliteException exception)
        {
            throw new StateException($"the state file fails: {exception.Message}", exception)
            {
                IsTransient = IsTransient(exception),
            };
        }
    }

    // SQLITE_BUSY, SQLITE_LOCKED and SQLITE_FULL pass; a file that is no database does not.
    private static bool IsTransient(SqliteException exception) => exception.SqliteErrorCode is 5 or 6 or 13;

    private long Expiry(TimeSpan timeToLive) => Now() + ((long)Math.Ceiling(timeToLive.TotalSeconds) * 1000);

    private long Now() => _clock.GetUtcNow().ToUnixTimeMilliseconds();
}
