using Klever.Models;

namespace Klever.Functions.Models;

/// <summary>Which model a route names.</summary>
internal static class ModelName
{
    // Only for the check of the parts: without it a project with a dot would be taken for a host.
    private const string SomeRegistry = "localhost";

    /// <param name="project">One segment.</param>
    /// <param name="model">One segment or several, their slashes plain or as <c>%2F</c>.</param>
    /// <param name="version">A tag; null for the model as such.</param>
    /// <exception cref="BadHttpRequestException">A part is not a legal name.</exception>
    public static ModelReference Parse(string project, string model, string? version = null)
    {
        try
        {
            if (version?.AsSpan().IndexOfAny(":/@") >= 0)
            {
                throw new FormatException($"\"{Excerpt.Of(version)}\" is not a version: up to 128 of [A-Za-z0-9_.-].");
            }

            var repository = $"{project}/{Uri.UnescapeDataString(model)}";
            return ModelReference.Create(SomeRegistry, repository, version).WithRegistry(null) is { Digest: null } name
                && name.Repository == repository
                ? name
                : throw new FormatException($"\"{Excerpt.Of(repository)}\" is not the name of a model.");
        }
        catch (FormatException exception)
        {
            throw new BadHttpRequestException(exception.Message);
        }
    }
}
