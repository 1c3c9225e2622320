using System.Text.Json.Nodes;
using Klever.Local.Cluster.Selection;
using Klever.Local.Cluster.Storage;

namespace Klever.Local.Cluster.Objects;

/// <summary>The verbs of the API on objects, without HTTP: what both the server and the controllers inside this process use.</summary>
internal sealed class ApiObjects(ObjectStore store, ResourceTypes types, TimeProvider clock)
{
    private readonly ObjectAdmission _admission = new(clock);
    private readonly ObjectDeletion _deletion = new(store, clock);

    public ObjectStore Store => store;

    public ResourceTypes Types => types;

    public TimeProvider Clock => clock;

    public JsonObject Get(ResourceType type, string ns, string name) =>
        Find(type, ns, name) ?? throw ApiErrors.NotFound(type, name);

    public JsonObject? Find(ResourceType type, string ns, string name) => store.Find(new ObjectKey(type.Key, ns, name));

    /// <param name="ns">Null for all namespaces.</param>
    public (IReadOnlyList<JsonObject> Items, long Revision) List(ResourceType type, string? ns, Selector? selector = null)
    {
        var (items, revision) = store.List(type.Key, ns);
        return (selector is null ? items : [.. items.Where(selector.Matches)], revision);
    }

    public JsonObject Create(ResourceType type, string ns, JsonObject body, WriteOptions? options = null)
    {
        options ??= new WriteOptions();
        var item = _admission.ForCreate(type, ns, body, options);
        var created = store.Apply(
            ObjectKey.Of(type, item),
            current =>
            {
                CheckNamespace(type, ns, item.Name());
                return current is null ? item : throw ApiErrors.AlreadyExists(type, item.Name());
            },
            options.DryRun)!;
        Serve(type, created, options);
        return created;
    }

    /// <summary>Changes an object through its main resource or a subresource.</summary>
    /// <param name="subresource">Empty, or <c>status</c>.</param>
    /// <param name="desired">Makes the new object from a copy of the stored one.</param>
    public JsonObject Update(
        ResourceType type, ObjectKey key, string subresource, Func<JsonObject, JsonObject> desired, WriteOptions? options = null)
    {
        options ??= new WriteOptions();
        JsonObject? last = null;
        var stored = store.Apply(
            key,
            current =>
            {
                _ = current ?? throw ApiErrors.NotFound(type, key.Name);
                last = ObjectAdmission.ForUpdate(type, current, desired(current.Clone()), subresource, options);
                return current.IsBeingDeleted() && ObjectDeletion.IsFree(type, last) ? null : last;
            },
            options.DryRun);
        if (stored is not null)
        {
            Serve(type, stored, options);
        }

        return stored ?? last!;
    }

    /// <summary>Replaces the status; a controller's usual write, with no demand on the resource version.</summary>
    public JsonObject UpdateStatus(ResourceType type, JsonObject item, Action<JsonObject> change) =>
        Update(
            type,
            ObjectKey.Of(type, item),
            "status",
            current =>
            {
                change(current.Child("status"));
                return current;
            });

    public (JsonObject? Left, JsonObject Before) Delete(ResourceType type, string ns, string name, DeletionRequest request)
    {
        var outcome = _deletion.Delete(type, new ObjectKey(type.Key, ns, name), request);
        if (outcome.Left is null && type.Key == BuiltInTypes.CustomResourceDefinitions.Key)
        {
            types.Unregister(name);
        }

        return outcome;
    }

    /// <summary>Takes up the kinds of the definitions that are stored.</summary>
    public void ServeStoredDefinitions()
    {
        foreach (var definition in store.List(BuiltInTypes.CustomResourceDefinitions.Key, ns: null).Items)
        {
            types.Register(CustomResources.Types(definition));
        }
    }

    private void CheckNamespace(ResourceType type, string ns, string name)
    {
        if (!type.Namespaced)
        {
            return;
        }

        var space = Get(BuiltInTypes.Namespaces, "", ns);
        if (space.IsBeingDeleted())
        {
            throw ApiErrors.Forbidden(type, name, $"unable to create new content in namespace {ns} because it is being terminated");
        }
    }

    private void Serve(ResourceType type, JsonObject item, WriteOptions options)
    {
        if (type.Key != BuiltInTypes.CustomResourceDefinitions.Key || options.DryRun)
        {
            return;
        }

        types.Register(CustomResources.Types(item));
        if (item.At("status", "conditions") is not JsonArray { Count: > 0 })
        {
            store.Apply(ObjectKey.Of(type, item), current =>
            {
                var established = current!.Clone();
                established["status"] = CustomResources.Established(established, clock.GetUtcNow());
                return established;
            });
        }
    }
}
