using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Klever.Kubernetes.Cluster;

/// <summary>The objects of one kind: the verbs of the Kubernetes API that Klever uses. Every method throws
/// <see cref="ClusterException"/> when the server refuses.</summary>
public sealed class ClusterResource<T>
    where T : class
{
    private readonly ClusterTransport _transport;

    internal ClusterResource(ClusterTransport transport, ResourceKind kind)
    {
        _transport = transport;
        Kind = kind;
    }

    public ResourceKind Kind { get; }

    public async Task<T> GetAsync(string namespaceName, string name, CancellationToken cancellationToken = default) =>
        Read(await _transport.SendAsync(HttpMethod.Get, Kind.Path(namespaceName, name), null, cancellationToken));

    /// <summary>The object, or null when there is none.</summary>
    public async Task<T?> FindAsync(string namespaceName, string name, CancellationToken cancellationToken = default)
    {
        try
        {
            return await GetAsync(namespaceName, name, cancellationToken);
        }
        catch (ClusterException exception) when (exception.Failure == ClusterFailure.NotFound)
        {
            return null;
        }
    }

    /// <param name="namespaceName">Null for all namespaces.</param>
    /// <param name="query">Null for the first page of everything.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async Task<ResourcePage<T>> ListAsync(
        string? namespaceName, ListQuery? query = null, CancellationToken cancellationToken = default)
    {
        var path = Kind.Path(namespaceName) + (query ?? new ListQuery()).ToQueryString();
        return ReadPage(await _transport.SendAsync(HttpMethod.Get, path, null, cancellationToken));
    }

    /// <summary>All pages one after the other; a token that expires on the way (410) ends in an exception.</summary>
    public async IAsyncEnumerable<T> ListAllAsync(
        string? namespaceName, ListQuery? query = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var next = query ?? new ListQuery();
        do
        {
            var page = await ListAsync(namespaceName, next, cancellationToken);
            foreach (var item in page.Items)
            {
                yield return item;
            }

            next = next with { Continue = page.Continue };
        }
        while (next.Continue is not null);
    }

    public async Task<T> CreateAsync(string namespaceName, T value, CancellationToken cancellationToken = default) =>
        Read(await _transport.SendAsync(
            HttpMethod.Post, Kind.Path(namespaceName), ClusterJson.Serialize(value), cancellationToken));

    /// <summary>Replaces an object; refused with Conflict when its <c>metadata.resourceVersion</c> is not the current
    /// one.</summary>
    public async Task<T> ReplaceAsync(
        string namespaceName, string name, T value, CancellationToken cancellationToken = default) =>
        Read(await _transport.SendAsync(
            HttpMethod.Put, Kind.Path(namespaceName, name), ClusterJson.Serialize(value), cancellationToken));

    /// <summary>Replaces the status subresource only, under the same rule as <see cref="ReplaceAsync"/>.</summary>
    public async Task<T> ReplaceStatusAsync(
        string namespaceName, string name, T value, CancellationToken cancellationToken = default) =>
        Read(await _transport.SendAsync(
            HttpMethod.Put, Kind.Path(namespaceName, name) + "/status", ClusterJson.Serialize(value), cancellationToken));

    /// <summary>Deletes an object and, in the background, what it owns.</summary>
    public async Task DeleteAsync(string namespaceName, string name, CancellationToken cancellationToken = default) =>
        await _transport.SendAsync(
            HttpMethod.Delete, Kind.Path(namespaceName, name) + "?propagationPolicy=Background", null, cancellationToken);

    private T Read(byte[] content) => Parse(() => ClusterJson.Deserialize<T>(content));

    private ResourcePage<T> ReadPage(byte[] content) => Parse(() =>
    {
        using var document = JsonDocument.Parse(content);
        var root = document.RootElement;
        var items = root.TryGetProperty("items", out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Select(ClusterJson.Deserialize<T>).ToList()
            : [];
        var metadata = root.TryGetProperty("metadata", out var found) ? found : default;
        return new ResourcePage<T>(items, Text(metadata, "continue"), Text(metadata, "resourceVersion"));
    });

    private TResult Parse<TResult>(Func<TResult> parse)
    {
        try
        {
            return parse();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new ClusterException(
                ClusterFailure.Unexpected, $"the answer of the API server is not a {Kind.Kind}: {exception.Message}", exception);
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text
            : null;
}
