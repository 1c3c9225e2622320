using System.Net;
using Klever.Oci.Harbor;

namespace Klever.Functions.Access;

/// <summary>Makes sure that the project of a push exists. A plain registry needs none.</summary>
internal sealed partial class Projects(RegistryProbe probe, ILogger<Projects> logger)
{
    /// <summary>Creates a missing project as the caller, if the caller may. One that may not is left to the push itself, which is
    /// refused for want of the right.</summary>
    public async Task EnsureAsync(CallerRegistry caller, string project, CancellationToken cancellationToken)
    {
        if (!await probe.IsHarborAsync(cancellationToken)
            || await caller.Harbor.FindProjectAsync(project, cancellationToken) is not null)
        {
            return;
        }

        try
        {
            if (await caller.Harbor.CreateProjectAsync(project, cancellationToken: cancellationToken))
            {
                LogCreated(logger, project, caller.User);
            }
        }
        catch (HarborException exception) when (exception.IsForbidden || exception.IsUnauthorized)
        {
        }
        catch (HarborException exception) when (exception.Status == HttpStatusCode.BadRequest)
        {
            throw new BadHttpRequestException($"Harbor takes no project of this name: {exception.Message}");
        }
    }

    [LoggerMessage(EventId = 1601, Level = LogLevel.Information, Message = "Created the project {Project} for {User}")]
    private static partial void LogCreated(ILogger logger, string project, string user);
}
