namespace Klever.Functions.Access;

/// <summary>What the registry is (<c>Klever:Registry:Kind</c>).</summary>
internal enum RegistryKind
{
    /// <summary>Asked of the registry once: Harbor answers <c>/api/version</c>.</summary>
    Auto,

    /// <summary>Projects, listings and deletion by Harbor's REST API.</summary>
    Harbor,

    /// <summary>A plain distribution registry: projects are the first part of repository names.</summary>
    Distribution,
}
