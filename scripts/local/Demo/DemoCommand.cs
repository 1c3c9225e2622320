using System.Diagnostics;
using Klever.Local.Platform;
using Klever.Models;
using Klever.Samples;

namespace Klever.Local.Demo;

/// <summary><c>klever-local demo</c>: the main job, shown as it happens. Ends with 0 only when the registry, asked again, holds the
/// right signature for every model.</summary>
internal static class DemoCommand
{
    public static async Task<int> RunAsync(IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var formats = names is ["all"] ? [.. SampleModels.Formats] : names.Select(ModelFormat.Parse).ToList();
        var clock = Stopwatch.StartNew();
        var screen = new Screen(clock);
        screen.Title("Starting registry, cluster, eventing and functions on this machine");
        await using var platform = await LocalPlatform.StartAsync(Installation.Options(), cancellationToken);
        screen.Line($"registry {platform.Registry} ({(platform.IsRealRegistry ? "docker-registry" : "in-process stand-in")}), cluster {platform.Cluster}");

        using var watching = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watch = screen.FollowAsync(platform.Feed, watching.Token);
        var models = new List<DemoModel>();
        foreach (var format in formats)
        {
            var model = new DemoModel(format, platform, screen);
            await model.PushAsync(cancellationToken);
            await model.WaitForSignatureAsync(cancellationToken);
            models.Add(model);
        }

        var served = models.Find(model => model.Format == ModelFormat.Onnx) is not { } onnx
            || await new DemoServing(platform, screen).ServeAsync(onnx.Reference, "classifier", cancellationToken);
        await watching.CancelAsync();
        await watch;
        var failures = served ? 0 : 1;
        foreach (var model in models)
        {
            failures += await model.CheckRegistryAsync(cancellationToken) ? 0 : 1;
        }

        screen.Title(failures == 0
            ? $"Done in {clock.Elapsed.TotalSeconds:0.0} s: {models.Count} models, each described in the registry"
            : $"{failures} things are not as they should be; see above");
        return failures == 0 ? 0 : 1;
    }
}
