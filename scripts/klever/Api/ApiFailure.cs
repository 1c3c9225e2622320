using System.Net;

namespace Klever.CommandLine.Api;

/// <summary>Exit codes of the commands that ask the Klever API; they go on from those of <see cref="Models.JobExitCode"/>.</summary>
internal static class ApiFailure
{
    /// <summary>The request cannot be done: 400, 409, 413, 422.</summary>
    public const int Refused = 30;

    /// <summary>The API, or something behind it, does not answer.</summary>
    public const int Unreachable = 31;

    /// <summary>The ModelJob that was waited for has failed.</summary>
    public const int JobFailed = 32;

    /// <summary>There is no such object.</summary>
    public const int NotFound = 33;

    /// <returns>Null for what did not come from the API.</returns>
    public static int? ExitCode(Exception exception) => exception switch
    {
        JobFailedException => JobFailed,
        ApiException { Status: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden } => (int)Klever.Models.JobExitCode.Login,
        ApiException { Status: HttpStatusCode.NotFound } => NotFound,
        ApiException { Status: null or >= HttpStatusCode.InternalServerError } => Unreachable,
        ApiException => Refused,
        _ => null,
    };
}
