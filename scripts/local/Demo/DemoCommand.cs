using System.Diagnostics;
using Klever.Local.Platform;
using Klever.Models;
using Klever.Samples;

namespace Klever.Local.Demo;

/// <summary><c>klever-local demo</c>: the main job, shown as it happens. Ends with 0 only when the registry, asked again, holds the
/// right signature for every model.</summary>
internal static class DemoCommand
{
    /// <param name="names">Names of formats, or <c>all</c>.</param>
    /// <param name="pairs">What is converted, after the models of its formats have been pushed.</param>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> names, IReadOnlyList<(ModelFormat From, ModelFormat To)> pairs, CancellationToken cancellationToken)
    {
        var named = names is ["all"] ? SampleModels.Formats : names.Select(ModelFormat.Parse);
        var formats = named.Union(pairs.Select(pair => pair.From)).ToList();
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

        var failures = 0;
        foreach (var (from, to) in pairs)
        {
            var source = models.Find(model => model.Format == from)!;
            failures += await new DemoConversion(source, to, platform, screen).RunAsync(cancellationToken) ? 0 : 1;
        }

        var served = models.Find(model => model.Format == ModelFormat.Onnx) is not { } onnx
            || await new DemoServing(platform, screen).ServeAsync(onnx.Reference, "classifier", cancellationToken);
        await watching.CancelAsync();
        await watch;
        failures += served ? 0 : 1;
        foreach (var model in models)
        {
            failures += await model.CheckRegistryAsync(cancellationToken) ? 0 : 1;
        }

        screen.Title(failures == 0
            ? $"Done in {clock.Elapsed.TotalSeconds:0.0} s: {models.Count} models, each described in the registry; {pairs.Count} of them converted"
            : $"{failures} things are not as they should be; see above");
        return failures == 0 ? 0 : 1;
    }
}
