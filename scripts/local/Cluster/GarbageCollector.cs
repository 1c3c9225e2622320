using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;
using Klever.Local.Cluster.Storage;

namespace Klever.Local.Cluster;

/// <summary>Deletes what has lost its owner, carries out foreground and orphan deletion, and empties namespaces.</summary>
internal sealed class GarbageCollector(ApiObjects objects)
{
    private static readonly DeletionRequest Background = new() { Propagation = "Background" };

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var revision = objects.Store.Revision;
        SweepAll();
        while (true)
        {
            var (changes, arrival) = objects.Store.History.After(revision);
            foreach (var change in changes)
            {
                revision = change.Revision;
                Handle(change);
            }

            await arrival.WaitAsync(cancellationToken);
        }
    }

    /// <summary>What happened while nobody looked, after a restart.</summary>
    private void SweepAll()
    {
        foreach (var (key, item) in objects.Store.All())
        {
            Handle(new Change(0, key, Before: null, item));
        }
    }

    private void Handle(Change change)
    {
        if (change.After is null)
        {
            DeleteDependents(change.Before!);
            FreeOwners(change.Before!);
            FinishNamespace(change.Key.Namespace);
            return;
        }

        if (change.Before is null && IsOrphaned(change.After))
        {
            Delete(change.Key);
        }

        if (change.After.IsBeingDeleted())
        {
            Continue(change.Key, change.After);
        }
    }

    private void Continue(ObjectKey key, JsonObject item)
    {
        if (key.Type == BuiltInTypes.Namespaces.Key)
        {
            foreach (var (inner, _) in objects.Store.All().Where(o => o.Key.Namespace == key.Name))
            {
                Delete(inner);
            }

            FinishNamespace(key.Name);
        }
        else if (item.Finalizers().Contains(ObjectDeletion.OrphanFinalizer))
        {
            Orphan(item);
            RemoveFinalizer(key, ObjectDeletion.OrphanFinalizer);
        }
        else if (item.Finalizers().Contains(ObjectDeletion.ForegroundFinalizer))
        {
            DeleteDependents(item);
            FreeIfAlone(key, item);
        }
    }

    private IEnumerable<(ObjectKey Key, JsonObject Item)> Dependents(JsonObject owner) => objects.Store.All()
        .Where(o => o.Item.Objects("metadata", "ownerReferences").Any(r => r.Text("uid") == owner.Uid()));

    private void DeleteDependents(JsonObject owner)
    {
        foreach (var (key, item) in Dependents(owner).Where(d => HasNoLivingOwner(d.Item, owner)))
        {
            Delete(key);
        }
    }

    private bool HasNoLivingOwner(JsonObject item, JsonObject leaving) =>
        item.Objects("metadata", "ownerReferences").Where(r => r.Text("uid") != leaving.Uid()).All(r => FindOwner(item, r) is null);

    private bool IsOrphaned(JsonObject item)
    {
        var owners = item.Objects("metadata", "ownerReferences").ToList();
        return owners.Count > 0 && owners.TrueForAll(r => FindOwner(item, r) is null);
    }

    private JsonObject? FindOwner(JsonObject item, JsonObject reference)
    {
        var type = objects.Types.FindKind(reference.Text("apiVersion") ?? "", reference.Text("kind") ?? "");
        var owner = type is null ? null : objects.Find(type, type.Namespaced ? item.Namespace() : "", reference.Text("name") ?? "");
        return owner?.Uid() == reference.Text("uid") ? owner : null;
    }

    private void Orphan(JsonObject owner)
    {
        foreach (var (key, _) in Dependents(owner))
        {
            objects.Store.Apply(key, current =>
            {
                var freed = current?.Clone();
                if (freed?.At("metadata", "ownerReferences") is JsonArray references)
                {
                    references.RemoveAll(r => r.Text("uid") == owner.Uid());
                }

                return freed;
            });
        }
    }

    /// <summary>After a dependent has gone: owners that wait for it in the foreground.</summary>
    private void FreeOwners(JsonObject gone)
    {
        foreach (var reference in gone.Objects("metadata", "ownerReferences"))
        {
            if (FindOwner(gone, reference) is { } owner && owner.Finalizers().Contains(ObjectDeletion.ForegroundFinalizer))
            {
                var type = objects.Types.FindKind(owner.ApiVersion(), owner.Kind())!;
                FreeIfAlone(ObjectKey.Of(type, owner), owner);
            }
        }
    }

    private void FreeIfAlone(ObjectKey key, JsonObject owner)
    {
        var isBlocked = Dependents(owner).Any(d => d.Item.Objects("metadata", "ownerReferences")
            .Any(r => r.Text("uid") == owner.Uid() && r.Flag("blockOwnerDeletion")));
        if (!isBlocked)
        {
            RemoveFinalizer(key, ObjectDeletion.ForegroundFinalizer);
        }
    }

    private void RemoveFinalizer(ObjectKey key, string finalizer)
    {
        var type = objects.Types.All.First(t => t.Key == key.Type);
        objects.Store.Apply(key, current =>
        {
            var freed = current?.Clone();
            freed?.SetFinalizers(freed.Finalizers().Where(f => f != finalizer));
            return freed is not null && ObjectDeletion.IsFree(type, freed) ? null : freed;
        });
    }

    private void FinishNamespace(string name)
    {
        var isEmpty = !objects.Store.All().Any(o => o.Key.Namespace == name);
        objects.Store.Apply(
            new ObjectKey(BuiltInTypes.Namespaces.Key, "", name),
            current => current is not null && current.IsBeingDeleted() && isEmpty ? null : current);
    }

    private void Delete(ObjectKey key)
    {
        var type = objects.Types.All.FirstOrDefault(t => t.Key == key.Type);
        try
        {
            if (type is not null)
            {
                objects.Delete(type, key.Namespace, key.Name, Background);
            }
        }
        catch (ApiException exception) when (exception.Code is 404 or 409)
        {
        }
    }
}
