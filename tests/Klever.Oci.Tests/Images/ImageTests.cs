using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Klever.Images;
using Klever.Oci.Layout;
using Klever.Testing;
using Klever.Testing.Registry;

namespace Klever.Oci.Tests.Images;

/// <summary>Images written without a container engine: what they say of themselves, and that another program reads them.</summary>
public sealed class ImageTests : IDisposable
{
    private const string Skopeo = "/usr/bin/skopeo";
    private static readonly ImageOrigin Origin = new("1.2.3", "c0ffee", DateTimeOffset.FromUnixTimeSeconds(1_800_000_000), "amd64", "scratch");
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> Names => [.. ImagePlan.All.Select(plan => plan.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Image_RunsItsProgramAsANumberedUserWithoutAShell(string name)
    {
        var plan = ImagePlan.All.Single(p => p.Name == name);

        var configuration = await WriteAsync(plan, "layout");

        var run = configuration["config"]!;
        Assert.Equal("65532:65532", (string?)run["User"]);
        Assert.Equal([plan.Program], run["Entrypoint"]!.AsArray().Select(word => (string)word!));
        Assert.Equal("1.2.3", (string?)run["Labels"]!["org.opencontainers.image.version"]);
        Assert.Equal($"/usr/share/sbom/{name}.spdx.json", (string?)run["Labels"]!["io.kleveross.sbom"]);
        Assert.Contains("SSL_CERT_FILE=/below", run["Env"]!.AsArray().Select(pair => (string)pair!));
        Assert.Equal(2, configuration["rootfs"]!["diff_ids"]!.AsArray().Count);
    }

    [Fact]
    public async Task Image_OfEqualFiles_IsEqual()
    {
        var plan = ImagePlan.All[1];

        await WriteAsync(plan, "first");
        await WriteAsync(plan, "second");

        Assert.Equal(Manifest("first", plan).Digest, Manifest("second", plan).Digest);
    }

    [Fact]
    public async Task Image_CopiedBySkopeo_IsInTheRegistryAsItWasWritten()
    {
        Assert.SkipUnless(File.Exists(Skopeo), "skopeo is missing");
        await using var registry = await DockerRegistry.StartAsync(cancellationToken: Stop);
        var plan = ImagePlan.All[0];
        await WriteAsync(plan, "layout");
        var image = $"oci:{Path.Combine(_directory.Path, "layout")}:{plan.Name}:1.2.3";

        var inspected = JsonNode.Parse(await SkopeoAsync("inspect", image))!;
        await SkopeoAsync("copy", "--dest-tls-verify=false", image, $"docker://{registry.Host}/klever/{plan.Name}:1.2.3");
        var copied = JsonNode.Parse(await SkopeoAsync("inspect", "--tls-verify=false", $"docker://{registry.Host}/klever/{plan.Name}:1.2.3"))!;

        Assert.Equal("amd64", (string?)inspected["Architecture"]);
        Assert.Equal(Manifest("layout", plan).Digest.ToString(), (string?)copied["Digest"]);
    }

    [Theory]
    [InlineData("klever-functions", "functions/Klever.Functions/Dockerfile")]
    [InlineData("klever", "scripts/klever/Dockerfile")]
    public void Dockerfile_SaysTheSameAsTheImage(string name, string file)
    {
        var plan = ImagePlan.All.Single(p => p.Name == name);
        var dockerfile = File.ReadAllText(Path.Combine(SharedFolder.Repository, file));

        Assert.Contains($"USER {ImagePlan.User}\n", dockerfile);
        Assert.Contains($"ENTRYPOINT [\"{plan.Program}\"]\n", dockerfile);
        Assert.Contains($"org.opencontainers.image.description=\"{plan.Description}\"", dockerfile);
        Assert.Equal(
            ImageConfiguration.Labels(plan, Origin).Keys.Where(label => label.StartsWith("org.opencontainers", StringComparison.Ordinal)).Order(),
            Regex.Matches(dockerfile, @"org\.opencontainers\.image\.[\w.]+(?==)").Select(label => label.Value).Order());
        Assert.All(plan.Environment, pair => Assert.Contains($"ENV {pair.Key}={pair.Value}\n", dockerfile));
    }

    [Fact]
    public async Task SystemFiles_OfAProgram_HoldWhatItNeedsToSpeakTls()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/ldd") && File.Exists("/etc/ssl/certs/ca-certificates.crt"), "this machine has no glibc, or no certificates");

        var paths = (await SystemFiles.CollectAsync(Environment.ProcessPath!, Stop)).Select(file => file.Path).ToList();

        Assert.Contains(paths, path => path.EndsWith("/libc.so.6", StringComparison.Ordinal));
        Assert.Contains(paths, path => path.EndsWith("/libssl.so.3", StringComparison.Ordinal));
        Assert.Contains("/etc/ssl/certs/ca-certificates.crt", paths);
        Assert.Contains("/tmp", paths);
        Assert.DoesNotContain(paths, path => path.EndsWith("/sh", StringComparison.Ordinal));
    }

    public void Dispose() => _directory.Dispose();

    // On a base of one small file, which stands for a chiseled one.
    private async Task<JsonObject> WriteAsync(ImagePlan plan, string name)
    {
        var bottom = OciLayoutWriter.Create(Path.Combine(_directory.Path, "base"));
        var layer = LayerWriter.Write(bottom, [ImageFile.Of("/etc/below", "base"u8.ToArray()), ImageFile.SharedDirectory("/tmp")]);
        var below = new ImageBelow(
            "base",
            JsonNode.Parse($$"""{"config":{"Env":["SSL_CERT_FILE=/below"]},"rootfs":{"type":"layers","diff_ids":["{{layer.DiffId}}"]} }""")!.AsObject(),
            [layer.Blob],
            bottom.Layout);
        var writer = OciLayoutWriter.Create(Path.Combine(_directory.Path, name));
        await new ImageWriter(writer).WriteAsync(plan, Origin, below, [ImageFile.Of(plan.Program, "program"u8.ToArray()) with { IsExecutable = true }], Stop);
        var manifest = writer.Layout.ReadManifest(Manifest(name, plan)).Manifest!;
        return JsonNode.Parse(writer.Layout.ReadBlob(manifest.Config))!.AsObject();
    }

    private Descriptor Manifest(string name, ImagePlan plan) =>
        OciLayout.Open(Path.Combine(_directory.Path, name)).TryResolve($"{plan.Name}:1.2.3")!;

    private static async Task<string> SkopeoAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Skopeo, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync(Stop);
        var errors = await process.StandardError.ReadToEndAsync(Stop);
        await process.WaitForExitAsync(Stop);
        Assert.True(process.ExitCode == 0, errors);
        return await output;
    }
}
