namespace Klever.State.Tests.Dapr;

/// <summary>How Dapr's components differ when they refuse (components-contrib, <c>state/*</c>).</summary>
public enum SidecarBehaviour
{
    /// <summary>In-memory and SQLite: Aborted for a wrong etag and for a key that must be new.</summary>
    Aborting,

    /// <summary>Redis and PostgreSQL: Aborted for a wrong etag, Internal for a key that must be new.</summary>
    FailingOnCreate,
}
