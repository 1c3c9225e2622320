using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;
using Microsoft.Data.Sqlite;

namespace Klever.Local.Cluster.Storage;

/// <summary>The objects on disk: one SQLite table and the revision counter. Used under the lock of <see cref="ObjectStore"/>.</summary>
internal sealed class ObjectFile : IDisposable
{
    private readonly SqliteConnection _connection;

    /// <param name="path">Null keeps everything in memory.</param>
    public ObjectFile(string? path)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path ?? ":memory:",
            Pooling = false,
        }.ToString());
        _connection.Open();
        Execute("PRAGMA journal_mode = WAL");
        Execute("PRAGMA synchronous = NORMAL");
        Execute(
            """
            CREATE TABLE IF NOT EXISTS objects (
                type TEXT NOT NULL, namespace TEXT NOT NULL, name TEXT NOT NULL, json TEXT NOT NULL,
                PRIMARY KEY (type, namespace, name)) WITHOUT ROWID
            """);
        Execute("CREATE TABLE IF NOT EXISTS counter (revision INTEGER NOT NULL)");
        Execute("INSERT INTO counter SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM counter)");
    }

    public long ReadRevision()
    {
        using var command = Command("SELECT revision FROM counter");
        return (long)command.ExecuteScalar()!;
    }

    public IEnumerable<(ObjectKey Key, JsonObject Item)> ReadAll()
    {
        using var command = Command("SELECT type, namespace, name, json FROM objects");
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var key = new ObjectKey(reader.GetString(0), reader.GetString(1), reader.GetString(2));
            yield return (key, (JsonObject)JsonNode.Parse(reader.GetString(3))!);
        }
    }

    /// <param name="json">Null deletes the object.</param>
    public void Write(ObjectKey key, string? json, long revision)
    {
        using var transaction = _connection.BeginTransaction();
        using var command = json is null
            ? Command("DELETE FROM objects WHERE type = $type AND namespace = $namespace AND name = $name")
            : Command("INSERT OR REPLACE INTO objects VALUES ($type, $namespace, $name, $json)");
        command.Parameters.AddWithValue("$type", key.Type);
        command.Parameters.AddWithValue("$namespace", key.Namespace);
        command.Parameters.AddWithValue("$name", key.Name);
        if (json is not null)
        {
            command.Parameters.AddWithValue("$json", json);
        }

        command.ExecuteNonQuery();
        using var counter = Command("UPDATE counter SET revision = $revision");
        counter.Parameters.AddWithValue("$revision", revision);
        counter.ExecuteNonQuery();
        transaction.Commit();
    }

    public void Dispose() => _connection.Dispose();

    private void Execute(string text)
    {
        using var command = Command(text);
        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string text)
    {
        var command = _connection.CreateCommand();
#pragma warning disable CA2100 // every text above is a literal
        command.CommandText = text;
#pragma warning restore CA2100
        return command;
    }
}
