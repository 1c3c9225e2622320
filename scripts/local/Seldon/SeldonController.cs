using System.Text.Json.Nodes;
using Klever.Local.Cluster;
using Klever.Local.Cluster.Objects;
using Klever.Local.Cluster.Storage;
using Klever.Local.Jobs;

namespace Klever.Local.Seldon;

/// <summary>Plays Seldon for what one machine can run: each predictor of a SeldonDeployment gets its pods, and the status says how
/// many answer. There are no Deployments, Services or gateways of Istio here; <see cref="LocalGateway"/> stands for those.</summary>
internal sealed class SeldonController(ApiObjects objects)
{
    private const string ApiVersion = "machinelearning.seldon.io/v1";
    private readonly EventRecorder _events = new(objects, "seldon-controller-manager");

    /// <summary>The kind; null while nobody has created its definition.</summary>
    private ResourceType? Type => objects.Types.FindKind(ApiVersion, "SeldonDeployment");

    public async Task RunAsync(CancellationToken stopping)
    {
        var revision = objects.Store.Revision;
        foreach (var serving in Type is { } type ? objects.List(type, ns: null).Items : [])
        {
            Reconcile(serving.Namespace(), serving.Name());
        }

        while (true)
        {
            var (changes, arrival) = objects.Store.History.After(revision);
            revision = changes.Count > 0 ? changes[^1].Revision : revision;
            foreach (var (space, name) in changes.Select(ServingOf).OfType<(string, string)>().Distinct())
            {
                Reconcile(space, name);
            }

            await arrival.WaitAsync(stopping);
        }
    }

    private (string Space, string Name)? ServingOf(Change change)
    {
        var item = (change.After ?? change.Before)!;
        return change.Key.Type == Type?.Key ? (change.Key.Namespace, change.Key.Name)
            : change.Key.Type == BuiltInTypes.Pods.Key && item.Text("metadata", "labels", SeldonPods.ServingLabel) is { } name
                ? (change.Key.Namespace, name)
            : null;
    }

    private void Reconcile(string space, string name)
    {
        if (Type is not { } type || objects.Find(type, space, name) is not { } serving || serving.IsBeingDeleted())
        {
            return;
        }

        try
        {
            var wanted = SeldonPods.Of(serving);
            var present = objects.List(BuiltInTypes.Pods, space).Items
                .Where(p => p.Controller().Text("uid") == serving.Uid())
                .ToList();
            DeleteOthers(wanted, present);
            CreateMissing(serving, wanted, present);
            Show(type, serving, present);
        }
        catch (ApiException exception) when (exception.Code is 404 or 409)
        {
            // It went, or changed, meanwhile; the change brings us back here.
        }
    }

    // A pod of a former template makes room first: two of the same server do not fit on a small machine.
    private void DeleteOthers(IReadOnlyList<JsonObject> wanted, IReadOnlyList<JsonObject> present)
    {
        var names = wanted.Select(w => w.Name()).ToHashSet();
        foreach (var pod in present.Where(p => !p.IsBeingDeleted()
            && (!names.Contains(p.Name()) || p.Text("status", "phase") is "Failed" or "Succeeded")))
        {
            objects.Delete(BuiltInTypes.Pods, pod.Namespace(), pod.Name(), new DeletionRequest());
        }
    }

    private void CreateMissing(JsonObject serving, IReadOnlyList<JsonObject> wanted, IReadOnlyList<JsonObject> present)
    {
        var names = present.Select(p => p.Name()).ToHashSet();
        foreach (var pod in wanted.Where(w => !names.Contains(w.Name())))
        {
            objects.Create(BuiltInTypes.Pods, serving.Namespace(), pod);
            _events.Record(serving, "Normal", "SuccessfulCreate", $"Created pod: {pod.Name()}");
        }
    }

    private void Show(ResourceType type, JsonObject serving, IReadOnlyList<JsonObject> pods)
    {
        var status = SeldonStatus.Of(serving, pods);
        if (!JsonNode.DeepEquals(status, serving.At("status")))
        {
            objects.UpdateStatus(type, serving, current =>
            {
                current.Clear();
                foreach (var (name, value) in status)
                {
                    current[name] = value?.DeepClone();
                }
            });
        }
    }
}
