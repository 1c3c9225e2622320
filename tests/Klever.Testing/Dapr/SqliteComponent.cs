namespace Klever.Testing.Dapr;

/// <summary>SQLite: rows past their time count as absent; every refusal is a mismatch.</summary>
public sealed class SqliteComponent(ManualClock clock) : RowComponent(clock)
{
    protected override bool IsTaken(Row? row) => row is not null && !IsExpired(row);

    protected override bool Matches(Row? row, string etag) => row is not null && !IsExpired(row) && row.ETag == etag;

    protected override ComponentException Taken() => ComponentException.Mismatch();
}
