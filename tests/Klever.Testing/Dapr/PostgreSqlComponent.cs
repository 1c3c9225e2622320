namespace Klever.Testing.Dapr;

/// <summary>PostgreSQL v2: rows past their time count as absent; etags are UUIDs, and what is none is an error of the database; a key
/// that must be new and is not is a plain failure.</summary>
public sealed class PostgreSqlComponent(ManualClock clock) : RowComponent(clock)
{
    protected override bool IsTaken(Row? row) => row is not null && !IsExpired(row);

    protected override bool Matches(Row? row, string etag) => !Guid.TryParse(etag, out _)
        ? throw ComponentException.Failure($"ERROR: invalid input syntax for type uuid: \"{etag}\" (SQLSTATE 22P02)")
        : row is not null && !IsExpired(row) && row.ETag == etag;

    protected override ComponentException Taken() => ComponentException.Failure("no item was updated");
}
