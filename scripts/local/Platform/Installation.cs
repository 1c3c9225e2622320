namespace Klever.Local.Platform;

/// <summary>Where this program was built, and so where everything else of the checkout is.</summary>
public static class Installation
{
    private const string Solution = "Klever.Functions.sln";
    private const string PublishedVariable = "KLEVER_PUBLISHED";

    /// <summary>Options for a platform made of the programs beside this one, built in the same configuration; or, with
    /// KLEVER_PUBLISHED, of what <c>scripts/publish</c> left there.</summary>
    public static PlatformOptions Options()
    {
        var repository = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(repository, Solution)))
        {
            repository = Path.GetDirectoryName(repository)
                ?? throw new InvalidOperationException($"{Solution} is not above {AppContext.BaseDirectory}; run this from a checkout.");
        }

        var configuration = AppContext.BaseDirectory.Contains("/Debug/") ? "Debug" : "Release";
        return new PlatformOptions
        {
            Repository = repository,
            Configuration = configuration,
            Published = Environment.GetEnvironmentVariable(PublishedVariable) is { Length: > 0 } published ? published : null,
            DefinitionFiles = [SeldonDefinition(repository)],
        };
    }

    // Seldon's own CRD checks what is composed; where it is not beside the checkout, ours at least lets servings be created.
    private static string SeldonDefinition(string repository)
    {
        var schema = Path.Combine(repository, "..", "shared", "schemas", "seldondeployments.v1.crd.yaml");
        return File.Exists(schema) ? schema : Path.Combine(repository, "scripts/local/Definitions/seldondeployments.crd.yaml");
    }
}
