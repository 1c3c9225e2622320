using Klever.Local.Platform;
using Klever.Testing;
using Klever.Testing.Schemas;

namespace Klever.Functions.Tests.Invoke;

/// <summary>A function of its own, made of a template as <c>func create</c> makes it: everything is copied but the manifest. It is built
/// without any package source.</summary>
internal sealed class GeneratedFunction : IAsyncDisposable
{
    /// <summary>The repository of templates, as <c>func create -r</c> is given it.</summary>
    public static readonly string Templates = Path.Combine(SharedFolder.Repository, "knative", "templates");

    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(1);
    private readonly ChildProcess _process;

    private GeneratedFunction(ChildProcess process, Uri address) =>
        (_process, Http) = (process, new HttpClient { BaseAddress = address });

    public HttpClient Http { get; }

    public static async Task<GeneratedFunction> StartAsync(string template, TemporaryDirectory directory, CancellationToken cancellationToken)
    {
        Copy(Path.Combine(Templates, "dotnet", template), directory);
        directory.Write("nuget.config", "<configuration><packageSources><clear/></packageSources></configuration>");
        await ExternalProgram.Dotnet.SucceedAsync("build", directory.Path, "-c", "Release", "-nodeReuse:false", "-p:UseSharedCompilation=false");
        var port = FreePort.Next();
        var address = new Uri($"http://127.0.0.1:{port}/");
        var process = ChildProcess.Start(
            ExternalProgram.Dotnet.Path,
            [directory.Combine("bin", "Release", "net10.0", "Function.dll")],
            new Dictionary<string, string> { ["PORT"] = $"{port}" },
            directory.Combine("log"));
        await process.WaitUntilReadyAsync(new Uri(address, HealthEndpoint("readiness")), StartTimeout, cancellationToken);
        return new GeneratedFunction(process, address);
    }

    /// <summary>What func writes into the func.yaml of a function, and Knative asks then.</summary>
    public static string HealthEndpoint(string probe) =>
        (string)YamlJson.Read(File.ReadAllText(Path.Combine(Templates, "dotnet", "manifest.yaml"))).Single()["healthEndpoints"]![probe]!;

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _process.DisposeAsync();
    }

    private static void Copy(string template, TemporaryDirectory directory)
    {
        foreach (var file in Directory.GetFiles(template).Where(file => Path.GetFileName(file) != "manifest.yaml"))
        {
            File.Copy(file, directory.Combine(Path.GetFileName(file)));
        }
    }
}
