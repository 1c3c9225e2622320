namespace Klever.Local.Cluster.Objects;

/// <summary>The kinds that the server serves at the moment. The first version of a kind is the preferred one.</summary>
internal sealed class ResourceTypes
{
    private volatile IReadOnlyList<ResourceType> _all = BuiltInTypes.All;

    public IReadOnlyList<ResourceType> All => _all;

    public ResourceType? Find(string group, string version, string plural) =>
        _all.FirstOrDefault(t => t.Group == group && t.Version == version && t.Plural == plural);

    public ResourceType? FindKind(string apiVersion, string kind) =>
        _all.FirstOrDefault(t => t.ApiVersion == apiVersion && t.Kind == kind);

    public bool HasGroupVersion(string group, string version) => _all.Any(t => t.Group == group && t.Version == version);

    /// <summary>Serves these versions of one kind in place of any of the same name.</summary>
    public void Register(IReadOnlyList<ResourceType> versions)
    {
        var key = versions[0].Key;
        _all = [.. _all.Where(t => t.Key != key), .. versions];
    }

    public void Unregister(string key) => _all = [.. _all.Where(t => t.Key != key)];
}
