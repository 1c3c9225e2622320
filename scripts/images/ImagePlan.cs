namespace Klever.Images;

/// <summary>What an image is, apart from what it stands on.</summary>
internal sealed record ImagePlan
{
    /// <summary>The user of both images: a number, so that a cluster can see that it is not root; the one of distroless images.</summary>
    public const string User = "65532:65532";

    /// <summary>Name of the image, without registry and tag.</summary>
    public required string Name { get; init; }

    /// <summary>For people: one sentence.</summary>
    public required string Description { get; init; }

    /// <summary>The program, as an absolute path in the image.</summary>
    public required string Program { get; init; }

    /// <summary>Files from the directory of the publish, by their names there.</summary>
    public required IReadOnlyList<string> Published { get; init; }

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Port that it listens on; null for a program that ends.</summary>
    public int? Port { get; init; }

    /// <summary>The directory of the project, below the root of the checkout; its packages are what the SBOM lists.</summary>
    public required string Project { get; init; }

    /// <summary>All images of this tree.</summary>
    public static IReadOnlyList<ImagePlan> All { get; } =
    [
        new()
        {
            Name = "klever-functions",
            Description = "The functions of Klever.Functions: model registry automation on Knative.",
            Program = "/app/Klever.Functions",
            Published = ["Klever.Functions", "libe_sqlite3.so"],
            Environment = new Dictionary<string, string> { ["ASPNETCORE_HTTP_PORTS"] = "8080" },
            Port = 8080,
            Project = "functions/Klever.Functions",
        },
        new()
        {
            Name = "klever",
            Description = "Extracts, converts and initializes models: the image of ModelJobs and of the init container of servings.",
            Program = "/usr/local/bin/klever",
            Published = ["klever"],
            Project = "scripts/klever",
        },
    ];
}
