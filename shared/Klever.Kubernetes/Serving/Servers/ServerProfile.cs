namespace Klever.Kubernetes.Serving.Servers;

/// <summary>How one model server is run: a row of the table that an administrator can extend. In texts, <c>{name}</c>
/// is the name
/// of the serving, <c>{path}</c> the directory of the model and <c>{store}</c> the directory above it.</summary>
public sealed record ServerProfile
{
    // Generated JSON code sets every init property, to null where the text has none; hence the defaults in the
    // accessors.
    internal const string OpenInference = "v2";
    internal const string TensorFlow = "tensorflow";
    internal const string Openscoring = "openscoring";

    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>();

    /// <summary>For logs and messages: <c>triton</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Empty: this server is not offered.</summary>
    public required string Image { get; init; }

    /// <summary>Names of the formats that it runs.</summary>
    public required IReadOnlyList<string> Formats { get; init; }

    /// <summary>How <c>klever initialize</c> lays out the files.</summary>
    public required string Layout { get; init; }

    /// <summary>Null: the entry point of the image.</summary>
    public IReadOnlyList<string>? Command { get; init; }

    public IReadOnlyList<string>? Args { get; init; }

    public IReadOnlyDictionary<string, string> Env { get; init => field = value ?? None; } = None;

    public required int HttpPort { get; init; }

    public int? GrpcPort { get; init; }

    public int? MetricsPort { get; init; }

    /// <summary>Answers 2xx when this model can be asked; the startup probe waits for it too.</summary>
    public required string ReadinessPath { get; init; }

    /// <summary>Answers 2xx while the process is well, whatever the model does; null: the port is open.</summary>
    public string? LivenessPath { get; init; }

    /// <summary>Where inference requests go.</summary>
    public required string InferencePath { get; init; }

    /// <summary>What is spoken there: <c>v2</c> (Open Inference Protocol), <c>tensorflow</c> (TensorFlow Serving's V1) or
    /// <c>openscoring</c>; anything else is the server's own, for which no request is made up.</summary>
    public string Protocol { get; init => field = value ?? OpenInference; } = OpenInference;

    /// <summary>Formats for which the server has to be told inputs and outputs.</summary>
    public IReadOnlyList<string> SignatureFormats { get; init => field = value ?? []; } = [];

    /// <summary>Formats that only run on a GPU.</summary>
    public IReadOnlyList<string> GpuFormats { get; init => field = value ?? []; } = [];

    /// <summary>User and group of the pod; null: what the cluster says.</summary>
    public long? UserId { get; init; }
}
