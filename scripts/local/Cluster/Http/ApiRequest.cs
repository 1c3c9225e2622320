using Klever.Local.Cluster.Objects;

namespace Klever.Local.Cluster.Http;

/// <summary>What a path and method of the API mean (apiserver's RequestInfo).</summary>
/// <param name="Namespace">Null for all namespaces, or for a kind of the whole cluster.</param>
/// <param name="Name">Null for a collection.</param>
/// <param name="Subresource">Empty for the object itself.</param>
internal sealed record ApiRequest(string Verb, ResourceType Type, string? Namespace, string? Name, string Subresource)
{
    public ObjectKey Key => new(Type.Key, Namespace ?? "", Name ?? "");

    /// <summary>Reads <c>[namespaces/NS/]plural[/NAME[/SUBRESOURCE]]</c> below a group and version.</summary>
    /// <exception cref="ApiException">404 for what is not served, 405 for a method that the resource has not.</exception>
    public static ApiRequest Parse(HttpRequest request, ResourceTypes types, string group, string version, string[] segments)
    {
        string? ns = null;
        if (segments is ["namespaces", var space, _, ..] && (segments.Length > 3 || segments[2] is not "status" and not "finalize"))
        {
            ns = space;
            segments = segments[2..];
        }

        var type = types.Find(group, version, segments[0]);
        var subresource = segments.Length > 2 ? segments[2] : "";
        if (type is null || segments.Length > 3 || (ns is not null && !type.Namespaced) || !HasSubresource(type, subresource))
        {
            throw ApiErrors.NoSuchResource();
        }

        var name = segments.Length > 1 ? segments[1] : null;
        if (name is not null && type.Namespaced && ns is null)
        {
            throw ApiErrors.NoSuchResource();
        }

        return new ApiRequest(VerbOf(request, name, subresource), type, ns, name, subresource);
    }

    private static bool HasSubresource(ResourceType type, string subresource) => subresource switch
    {
        "" => true,
        "status" => type.HasStatus,
        "log" => type.Key == BuiltInTypes.Pods.Key,
        _ => false,
    };

    private static string VerbOf(HttpRequest request, string? name, string subresource) => (request.Method, name, subresource) switch
    {
        ("GET", null, _) => IsTrue(request, "watch") ? "watch" : "list",
        ("GET", _, _) => "get",
        ("POST", null, "") => "create",
        ("PUT", not null, "" or "status") => "update",
        ("PATCH", not null, "" or "status") => "patch",
        ("DELETE", null, "") => "deletecollection",
        ("DELETE", not null, "") => "delete",
        _ => throw ApiErrors.MethodNotAllowed(),
    };

    private static bool IsTrue(HttpRequest request, string name) => request.Query[name].ToString() is "true" or "1";
}
