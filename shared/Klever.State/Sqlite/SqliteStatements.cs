namespace Klever.State.Sqlite;

/// <summary>The SQL of <see cref="SqliteStateStore"/>. Times are milliseconds since 1970; every statement has
/// <c>$now</c>.</summary>
internal static class SqliteStatements
{
    // WAL lets readers go on while one writes; it stays with the file. NORMAL may lose the last writes in a power cut,
    // never more.
    public const string Create = """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = NORMAL;
        CREATE TABLE IF NOT EXISTS state (
            key     TEXT NOT NULL PRIMARY KEY,
            value   BLOB NOT NULL,
            etag    TEXT NOT NULL,
            expires INTEGER NULL
        ) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS state_expires ON state (expires) WHERE expires IS NOT NULL;
        """;

    public const string Get =
        "SELECT value, etag FROM state WHERE key = $key AND (expires IS NULL OR expires > $now)";

    public const string Insert = """
        INSERT INTO state (key, value, etag, expires) VALUES ($key, $value, $new, $expires)
        ON CONFLICT (key) DO UPDATE SET value = excluded.value, etag = excluded.etag, expires = excluded.expires
        WHERE state.expires <= $now
        """;

    public const string Update = """
        UPDATE state SET value = $value, etag = $new, expires = $expires
        WHERE key = $key AND etag = $etag AND (expires IS NULL OR expires > $now)
        """;

    public const string Delete = """
        DELETE FROM state WHERE key = $key AND (etag = $etag OR $etag IS NULL OR expires <= $now);
        SELECT count(*) FROM state WHERE key = $key;
        """;

    public const string Purge =
        "DELETE FROM state WHERE key IN (SELECT key FROM state WHERE expires <= $now LIMIT 1000)";
}
