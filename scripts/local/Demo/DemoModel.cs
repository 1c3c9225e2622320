using System.Diagnostics;
using Klever.Formats;
using Klever.Local.Cluster.Objects;
using Klever.Local.Platform;
using Klever.Models;
using Klever.Oci;
using Klever.Oci.Ormb;
using Klever.Samples;

namespace Klever.Local.Demo;

/// <summary>One sample model on its way through the system.</summary>
internal sealed class DemoModel(ModelFormat format, LocalPlatform platform, Screen screen)
{
    private Signature? _expected;

    public ModelFormat Format => format;

    public string Repository { get; } = $"demo/{format.Name.ToLowerInvariant()}";

    public string Reference => $"{platform.Registry.Authority}/{Repository}:v1";

    /// <summary>Writes the sample to disk and pushes it with the real command line.</summary>
    public async Task PushAsync(CancellationToken cancellationToken)
    {
        screen.Title($"{format}: klever push {Reference}");
        var directory = Directory.CreateTempSubdirectory("klever-demo-").FullName;
        try
        {
            SampleModels.Write(format, directory);
            _expected = SignatureExtractor.FromDirectory(directory, format, Signature.Empty).Signature;
            await RunAsync(["push", directory, Reference, "--plain-http"], cancellationToken);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    /// <summary>Waits until the ModelJob of the model has ended.</summary>
    public Task WaitForSignatureAsync(CancellationToken cancellationToken) => new DemoJobs(platform, screen).WaitAsync(
        job => job.Text("spec", "model")?.Contains($"/{Repository}:") == true, cancellationToken);

    /// <summary>Asks the registry again, over HTTP, and compares.</summary>
    public async Task<bool> CheckRegistryAsync(CancellationToken cancellationToken)
    {
        using var registry = new RegistryClient(new RegistryOptions { Address = platform.Registry });
        var artifact = await ModelArtifacts.FetchAsync(registry.Repository(Repository), "v1", cancellationToken);
        screen.Title($"{Reference} now, {artifact.Digest}");
        screen.Line(artifact.OrmbFile.ToYaml());
        if (artifact.Extraction is not { } mark)
        {
            screen.Line("no extraction has described it");
            return false;
        }

        var before = await ModelArtifacts.FetchAsync(registry.Repository(Repository), mark.Source.ToString(), cancellationToken);
        var isSameLayer = before.Layer.ToJson().AsSpan().SequenceEqual(artifact.Layer.ToJson());
        var isRight = artifact.OrmbFile.Signature.Equals(_expected);
        screen.Line($"layer {artifact.Layer.Digest} {(isSameLayer ? "untouched" : "CHANGED")}; signature {(isRight ? "right" : "WRONG")}");
        return isSameLayer && isRight;
    }

    private async Task RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Installation.Options().KleverProgram, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        screen.Line((await output + await errors).Trim());
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"klever {arguments[0]} ended with exit code {process.ExitCode}.");
        }
    }
}
