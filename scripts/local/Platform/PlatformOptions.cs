using Klever.Local.Jobs;

namespace Klever.Local.Platform;

/// <summary>How the platform starts.</summary>
public sealed record PlatformOptions
{
    /// <summary>Root of the checkout: <c>knative/</c> and the built programs are found from here.</summary>
    public required string Repository { get; init; }

    /// <summary>Directory for registry, cluster and logs; null for a temporary one that goes away.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>Build configuration of the programs that are started.</summary>
    public string Configuration { get; init; } = "Release";

    /// <summary>A directory of published programs, one folder for each image, as <c>scripts/publish</c> leaves it; null for those that
    /// the build made.</summary>
    public string? Published { get; init; }

    /// <summary>Ports; 0 takes a free one.</summary>
    public int RegistryPort { get; init; }

    public int ClusterPort { get; init; }

    public int BrokerPort { get; init; }

    /// <summary>Port of the first functions process; the others follow it.</summary>
    public int FunctionsPort { get; init; }

    public int GatewayPort { get; init; }

    public IReadOnlyList<FunctionProcess> Functions { get; init; } = FunctionProcess.Default;

    /// <summary>Namespaces that are there from the start; functions create into the first unless <see cref="Settings"/> say else.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = ["default"];

    /// <summary>More CRD files, such as Seldon's; ModelJob's is always there.</summary>
    public IReadOnlyList<string> DefinitionFiles { get; init; } = [];

    /// <summary>Pods that run at the same time at most; null for one for each processor.</summary>
    public int? MaximumPods { get; init; }

    /// <summary>Whether only the registry that this program brings along may be used.</summary>
    public bool InProcessRegistry { get; init; }

    /// <summary>More settings for the functions.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    internal string FunctionsProgram => Program("klever-functions", "functions/Klever.Functions", "Klever.Functions");

    internal string KleverProgram => Program("klever", "scripts/klever", "klever");

    /// <summary>The YAML that is played.</summary>
    internal string Definitions => Path.Combine(Repository, "knative/base");

    internal string Built(string project, string assembly) =>
        Path.Combine(Repository, project, "bin", Configuration, "net10.0", assembly);

    internal PodOptions Pods()
    {
        var pods = new PodOptions
        {
            Images = new Dictionary<string, LocalImage>
            {
                ["ghcr.io/kleveross/klever"] = Image(KleverProgram),
                // A server of ours over ONNX Runtime stands for Triton; it runs ONNX models and nothing else.
                ["nvcr.io/nvidia/tritonserver"] = Image(Built("scripts/onnx", "klever-onnx")),
            },
        };
        return MaximumPods is { } maximum ? pods with { MaximumPods = maximum } : pods;
    }

    private static LocalImage Image(string program) => new(Path.GetDirectoryName(program)!, [Path.GetFileName(program)]);

    private string Program(string image, string project, string assembly) =>
        Published is null ? Built(project, assembly) : Path.Combine(Repository, Published, image, assembly);
}
