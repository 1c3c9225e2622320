using System.Text.RegularExpressions;
using Klever.Functions.Access;
using Klever.Functions.Hosting;
using Klever.Functions.Rest;
using Klever.Models;

namespace Klever.Functions.ProjectSetup;

/// <summary><c>POST /api/v1alpha1/projects/{project}/setup</c>, for <c>klever project init</c>. Harbor decides by the caller's account
/// what of it may be done; asking again changes nothing that is right already.</summary>
internal static partial class SetupEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1alpha1/projects/{project}/setup", SetUpAsync)
            .WithTags("Projects")
            .WithSummary("Make a project ready for models: robot accounts, Secrets of the Jobs, webhook; what the account may not do comes back as \"todo\"");

    private static async Task<IResult> SetUpAsync(
        string project,
        [Microsoft.AspNetCore.Mvc.FromQuery(Name = "namespace")] string? namespaceName,
        HttpRequest http,
        CallerRegistries registries,
        RegistryProbe probe,
        Setup setup,
        KleverOptions options,
        CancellationToken cancellationToken)
    {
        if (project.Length > 255 || !ProjectName().IsMatch(project))
        {
            throw new BadHttpRequestException(
                $"\"{Excerpt.Of(project)}\" is no name of a project: lower case letters and digits, parted by single \".\", \"_\" or \"-\".");
        }

        if (namespaceName is not null && !NamespaceName().IsMatch(namespaceName))
        {
            throw new BadHttpRequestException($"\"{Excerpt.Of(namespaceName)}\" is no name of a namespace.");
        }

        if (!await probe.IsHarborAsync(cancellationToken))
        {
            return Problems.Of(
                StatusCodes.Status422UnprocessableEntity,
                "The registry is not Harbor: it has neither projects nor robot accounts, and its notifications are set up in its configuration file.");
        }

        var report = await setup.RunAsync(registries.Of(http), project, namespaceName ?? options.Namespaces.Of(project), cancellationToken);
        return JsonAnswer.Of(report.ToJson(), report.Status);
    }

    [GeneratedRegex("^[a-z0-9]+(?:[._-][a-z0-9]+)*$")]
    private static partial Regex ProjectName();

    [GeneratedRegex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$")]
    private static partial Regex NamespaceName();
}
