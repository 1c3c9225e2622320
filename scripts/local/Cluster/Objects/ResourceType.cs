using Klever.Local.Cluster.Schemas;

namespace Klever.Local.Cluster.Objects;

/// <summary>One version of one kind that the server serves, and what the server must know of it.</summary>
internal sealed record ResourceType
{
    /// <summary>The API group; empty for the core group.</summary>
    public required string Group { get; init; }

    public required string Version { get; init; }

    public required string Kind { get; init; }

    public required string Plural { get; init; }

    public bool Namespaced { get; init; } = true;

    /// <summary>Whether <c>status</c> is written through its own subresource only.</summary>
    public bool HasStatus { get; init; }

    public IReadOnlyList<string> ShortNames { get; init; } = [];

    public IReadOnlyList<string> Categories { get; init; } = [];

    public IReadOnlyList<PrinterColumn> Columns { get; init; } = [];

    /// <summary>The structural schema of a custom resource; null for the kinds that are built in, whose fields are not checked.</summary>
    public StructuralSchema? Schema { get; init; }

    public bool IsCustom { get; init; }

    public string Singular => Kind.ToLowerInvariant();

    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>Name of the resource as it stands in messages and in storage, whatever its version: <c>modeljobs.kleveross.io</c>.</summary>
    public string Key => Group.Length == 0 ? Plural : $"{Plural}.{Group}";

    /// <summary>Name of the kind as it stands in validation messages: <c>ModelJob.kleveross.io</c>.</summary>
    public string QualifiedKind => Group.Length == 0 ? Kind : $"{Kind}.{Group}";
}
