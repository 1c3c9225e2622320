using Klever.Local.Jobs;
using Klever.Local.Yaml;

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

    /// <summary>Namespaces that are there from the start: <c>knative/base</c> is applied in the first, <c>knative/namespace</c> in the
    /// others. Which project works where is said by <see cref="Settings"/>, as in a cluster.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = ["default"];

    /// <summary>Folders of <c>knative/components</c> that are applied as well.</summary>
    public IReadOnlyList<string> Components { get; init; } = [];

    /// <summary>More CRD files, such as Seldon's; ModelJob's is always there.</summary>
    public IReadOnlyList<string> DefinitionFiles { get; init; } = [];

    /// <summary>Pods that run at the same time at most; null for one for each processor.</summary>
    public int? MaximumPods { get; init; }

    /// <summary>Whether only the registry that this program brings along may be used.</summary>
    public bool InProcessRegistry { get; init; }

    /// <summary>More settings for the functions.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>The same, with projects that work in namespaces of their own: <c>release=team-a</c>.</summary>
    public PlatformOptions WithProjects(params IReadOnlyList<string> projects) => projects.Count == 0 ? this : this with
    {
        Namespaces = [.. Namespaces.Concat(projects.Select(project => project.Split('=')[^1])).Distinct()],
        Settings = new Dictionary<string, string>(Settings) { ["Klever__Namespaces"] = string.Join(',', projects) },
    };

    internal string FunctionsProgram => Program("klever-functions", "functions/Klever.Functions", "Klever.Functions");

    internal string KleverProgram => Program("klever", "scripts/klever", "klever");

    internal string Home => Namespaces[0];

    internal AppliedDirectory Base => Apply("base", Home);

    /// <summary>The YAML that is played.</summary>
    internal IReadOnlyList<AppliedDirectory> Applied =>
    [
        Base,
        .. Components.Select(component => Apply($"components/{component}", Home)),
        .. Namespaces.Skip(1).Select(space => Apply("namespace", space)),
    ];

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

    private AppliedDirectory Apply(string directory, string space) => new(Path.Combine(Repository, "knative", directory), space, Home);

    private static LocalImage Image(string program) => new(Path.GetDirectoryName(program)!, [Path.GetFileName(program)]);

    private string Program(string image, string project, string assembly) =>
        Published is null ? Built(project, assembly) : Path.Combine(Repository, Published, image, assembly);
}
