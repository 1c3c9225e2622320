using Klever.Eventing.Sinks;
using Klever.Functions.Access;
using Klever.Functions.Models.Upload;
using Klever.Kubernetes.Cluster;
using Klever.Kubernetes.ModelJobs;
using Klever.Kubernetes.Serving;
using Klever.Oci;
using Klever.Oci.Harbor;
using Klever.Oci.Ormb;
using Klever.State;
using Microsoft.AspNetCore.Diagnostics;

namespace Klever.Functions.Hosting;

/// <summary>The one table from exceptions to answers. For an event the status decides what the broker does: 503 is delivered
/// again, 4xx goes to the dead letter sink, so nothing passing may answer 4xx and nothing permanent 5xx.</summary>
internal sealed partial class ProblemTable(ILogger<ProblemTable> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        var (status, message) = Classify(exception);
        if (status == StatusCodes.Status500InternalServerError)
        {
            LogDefect(logger, context.Request.Method, context.Request.Path, exception);
        }
        else if (status > StatusCodes.Status500InternalServerError)
        {
            LogPassing(logger, context.Request.Method, context.Request.Path, status, exception.Message);
        }

        if (context.Response.HasStarted)
        {
            return false;
        }

        if (status == StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"harbor\"";
        }

        await Problems.Of(status, message, Fields(exception)).ExecuteAsync(context);
        return true;
    }

    internal static (int Status, string Message) Classify(Exception exception) => exception switch
    {
        BadHttpRequestException bad => (bad.StatusCode, bad.Message),
        RegistryException { IsTransient: true } or RegistryException { IsUnauthorized: true } =>
            (StatusCodes.Status503ServiceUnavailable, exception.Message),
        RegistryException { IsNotFound: true } => (StatusCodes.Status404NotFound, exception.Message),
        RegistryException => (StatusCodes.Status422UnprocessableEntity, exception.Message),
        OciContentException { Problem: OciContentProblem.Truncated } => (StatusCodes.Status503ServiceUnavailable, exception.Message),
        OciContentException => (StatusCodes.Status422UnprocessableEntity, exception.Message),
        NotAModelException => (StatusCodes.Status422UnprocessableEntity, exception.Message),
        HarborException harbor => (Status(harbor), harbor.Message),
        UploadException upload => (upload.Status, upload.Message),
        ServingException { Code: ServingProblems.NameMismatch } => (StatusCodes.Status400BadRequest, exception.Message),
        ServingException => (StatusCodes.Status422UnprocessableEntity, exception.Message),
        InvalidModelJobException => (StatusCodes.Status422UnprocessableEntity, exception.Message),
        ClusterException { Failure: ClusterFailure.Forbidden } =>
            (StatusCodes.Status503ServiceUnavailable, $"{exception.Message}. The Roles for a further namespace are in knative/namespace."),
        ClusterException cluster => (Status(cluster.Failure), cluster.Message),
        AccessDeniedException denied => (denied.Status, denied.Message),
        StateException or EventSinkException => (StatusCodes.Status503ServiceUnavailable, exception.Message),
        HttpRequestException or IOException or TimeoutException =>
            (StatusCodes.Status503ServiceUnavailable, "Something behind this service does not answer; try again."),
        FormatException => (StatusCodes.Status400BadRequest, exception.Message),
        OperationCanceledException => (StatusCodes.Status503ServiceUnavailable, "The request was given up before it was done."),
        _ => (StatusCodes.Status500InternalServerError, "Unexpected error; the log of this service has it."),
    };

    private static Dictionary<string, string>? Fields(Exception exception) => exception switch
    {
        ServingException serving => new() { [serving.Problem.Field] = serving.Problem.Message },
        InvalidModelJobException invalid => new() { [invalid.Field] = invalid.Problem },
        ClusterException { Causes: { Count: > 0 } causes } =>
            causes.GroupBy(cause => cause.Field).ToDictionary(group => group.Key, group => group.First().Message),
        _ => null,
    };

    private static int Status(HarborException exception) => exception switch
    {
        { IsTransient: true } => StatusCodes.Status503ServiceUnavailable,
        { IsUnauthorized: true } => StatusCodes.Status401Unauthorized,
        { IsForbidden: true } => StatusCodes.Status403Forbidden,
        { IsNotFound: true } => StatusCodes.Status404NotFound,
        { IsProtected: true } => StatusCodes.Status409Conflict,
        _ => StatusCodes.Status422UnprocessableEntity,
    };

    private static int Status(ClusterFailure failure) => failure switch
    {
        ClusterFailure.NotFound => StatusCodes.Status404NotFound,
        ClusterFailure.AlreadyExists or ClusterFailure.Conflict => StatusCodes.Status409Conflict,
        ClusterFailure.Invalid => StatusCodes.Status422UnprocessableEntity,
        ClusterFailure.Expired => StatusCodes.Status410Gone,
        _ => StatusCodes.Status503ServiceUnavailable,
    };

    [LoggerMessage(EventId = 1001, Level = LogLevel.Error, Message = "{Method} {Path} met a defect")]
    private static partial void LogDefect(ILogger logger, string method, string path, Exception exception);

    [LoggerMessage(EventId = 1004, Level = LogLevel.Warning, Message = "{Method} {Path} answered {Status}: {Problem}")]
    private static partial void LogPassing(ILogger logger, string method, string path, int status, string problem);
}
