using System.Text.Json.Nodes;
using k8s.Models;
using Klever.Functions.Tests.Platform.Roles;
using Klever.Kubernetes.ModelJobs;
using Klever.Local.Platform;
using Klever.Models;

namespace Klever.Functions.Tests.Platform;

/// <summary><c>Klever:Namespaces=*</c> with <c>knative/components/sweep-everywhere</c>: a sweep finds what was lost in a namespace that no
/// setting names, and needs for that what the component gives.</summary>
public sealed class SweepEverywhereTests : IAsyncLifetime
{
    private const string Unnamed = "team-b";
    private const string Repository = "everywhere/net";
    private static readonly string[] Services = ["harbor-push", "api", "model-jobs", "job-completion", "sweep"];

    private static readonly PlatformOptions Options = Installation.Options() with
    {
        Functions = [.. FunctionProcess.OnePerService.Where(process => Services.Contains(process.Name))],
        Namespaces = ["default", Unnamed],
        Components = ["sweep-everywhere"],
        InProcessRegistry = true,
        Settings = new Dictionary<string, string> { ["Klever__Namespaces"] = "*" },
    };

    private LocalPlatform? _platform;
    private Models? _models;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _platform = await LocalPlatform.StartAsync(Options, Token);
        _models = new Models(_platform);
    }

    public async ValueTask DisposeAsync()
    {
        _models?.Dispose();
        if (_platform is not null)
        {
            await _platform.DisposeAsync();
        }
    }

    [Fact]
    public async Task Sweep_OfEveryNamespace_FindsALostModelJobAndHasExactlyTheRights()
    {
        await _models!.PushAsync(Repository, "v1", ModelFormat.Onnx);
        await _models.WaitForEndAsync(Repository);
        await _platform!.StopFunctionAsync("model-jobs");
        var asked = await AskAsync();

        var plan = await PlanAsync();
        await _models.SweepAsync();
        await Models.WaitAsync(() => Task.FromResult(IsSent(asked)), () => $"the sweep sends {asked.Name} again");
        await _platform.StartFunctionAsync("model-jobs", Token);

        Assert.Contains($"{Unnamed}/{asked.Name}", plan);
        var ended = (await _models.WaitForEndAsync(Repository, 2)).Single(job => job.Namespace == Unnamed);
        Assert.Equal(ModelJobPhases.Succeeded, ended.Status!.Phase);
        var grants = new Grants(Options);
        foreach (var account in new[] { "sweep", "api" })
        {
            var user = grants.User(account, Unnamed);
            var calls = await _models.CallsAsync(user);
            Grants.RequireEnough(user, calls);
            grants.RequireNoMore(user, space: null, calls, exempt: []);
        }
    }

    /// <summary>A ModelJob that somebody made by hand.</summary>
    private Task<ModelJob> AskAsync() => _models!.Cluster.ModelJobs.CreateAsync(
        Unnamed,
        new ModelJob
        {
            Metadata = new V1ObjectMeta { Name = "asked", NamespaceProperty = Unnamed },
            Spec = new ModelJobSpec { Model = $"{_platform!.Registry.Authority}/{Repository}:v1", Extraction = new ExtractionSource("ONNX") },
        },
        Token);

    private async Task<string> PlanAsync()
    {
        using var client = new HttpClient();
        return await client.GetStringAsync(new Uri(_platform!.Service("api"), "/api/v1alpha1/sweep"), Token);
    }

    private bool IsSent(ModelJob modelJob) => _platform!.Feed.After(0).Any(entry => entry.Kind == "event"
        && (string?)entry.Detail["source"] == "/klever/sweep"
        && ((string?)entry.Detail["subject"])?.EndsWith($"namespaces/{Unnamed}/modeljobs/{modelJob.Name}", StringComparison.Ordinal) == true);
}
