namespace Klever.Local.Cluster.Printing;

/// <summary>A client's wish to get a Table instead of objects (meta/v1 Table).</summary>
/// <param name="IncludeObject">Metadata, Object or None: what each row carries beside its cells.</param>
internal sealed record TableRequest(string IncludeObject)
{
    /// <summary>Null when the client wants the objects themselves.</summary>
    public static TableRequest? Of(HttpRequest request)
    {
        var first = request.Headers.Accept.ToString().Split(',')[0];
        var isTable = first.Contains("as=Table", StringComparison.Ordinal) && first.Contains("g=meta.k8s.io", StringComparison.Ordinal);
        var include = request.Query["includeObject"].ToString();
        return isTable ? new TableRequest(include.Length > 0 ? include : "Metadata") : null;
    }
}
