namespace Klever.Local.Cluster.Storage;

/// <summary>The order of lists: by namespace, then by name, by bytes.</summary>
internal sealed class KeyOrder : IComparer<(string Namespace, string Name)>
{
    public static KeyOrder Instance { get; } = new();

    public int Compare((string Namespace, string Name) x, (string Namespace, string Name) y)
    {
        var order = string.CompareOrdinal(x.Namespace, y.Namespace);
        return order != 0 ? order : string.CompareOrdinal(x.Name, y.Name);
    }
}
