using System.Diagnostics;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Tests.Knative;

/// <summary>What kustomize makes of each overlay, to the letter.</summary>
public sealed class OverlayTests
{
    private const int LeastVersion = 5;
    private static readonly string[] OfTheCluster = ["Namespace", "CustomResourceDefinition", "ClusterRole", "ClusterRoleBinding"];

    public static TheoryData<string> Outputs => Manifests.OutputNames;

    public static TheoryData<string> Overlays => Manifests.OverlayNames;

    [Theory]
    [MemberData(nameof(Outputs))]
    public async Task Overlay_BuiltByKustomize_IsAsRecorded(string output)
    {
        var built = await KustomizeAsync(Manifests.Outputs[output]);

        var golden = await File.ReadAllTextAsync(Manifests.Golden(output), TestContext.Current.CancellationToken);
        Assert.True(built == golden, $"""
            kustomize makes something else of {output} than what is recorded. Look at the difference, and when it is meant, record it:
            kubectl kustomize {Path.GetRelativePath(Environment.CurrentDirectory, Manifests.Outputs[output])} > {Manifests.Golden(output)}
            """);
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Overlay_HasEveryObjectOfTheBase(string output)
    {
        var present = Manifests.Of(output).Select(d => $"{d.Kind()} {d.Name()}").ToHashSet();

        Assert.Empty(Manifests.Base().Select(d => $"{d.Kind()} {d.Name()}").Except(present));
    }

    [Theory]
    [MemberData(nameof(Outputs))]
    public void Overlay_HasEachNameOnceAndInItsNamespace(string output)
    {
        var objects = Manifests.Of(output);

        Assert.Empty(objects.GroupBy(d => (d.ApiVersion(), d.Kind(), d.Name())).Where(g => g.Count() > 1).Select(g => g.Key));
        var space = output == Manifests.Namespace ? null : "klever";
        Assert.All(objects, d => Assert.Equal(OfTheCluster.Contains(d.Kind()) ? null : space, d.Text("metadata", "namespace")));
    }

    private static async Task<string> KustomizeAsync(string directory)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/kubectl") || File.Exists("/usr/local/bin/kubectl"), "kubectl is not installed");
        var version = await RunAsync("version", "--client");
        var kustomize = version.Split('\n').FirstOrDefault(line => line.StartsWith("Kustomize Version: v", StringComparison.Ordinal));
        Assert.SkipUnless(kustomize is not null && kustomize["Kustomize Version: v".Length] - '0' >= LeastVersion, $"kubectl brings no kustomize {LeastVersion}");
        return await RunAsync("kustomize", directory);
    }

    private static async Task<string> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("kubectl", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, errors);
        return await output;
    }
}
