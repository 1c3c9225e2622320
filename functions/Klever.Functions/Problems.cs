using Klever.Models;
using Microsoft.AspNetCore.Mvc;

namespace Klever.Functions;

/// <summary>Answers that say what went wrong (RFC 9457), with the <c>message</c> member that clients of Klever Model Registry read.</summary>
internal static class Problems
{
    /// <param name="status">The HTTP status.</param>
    /// <param name="message">A sentence that names the input, the place and the way out.</param>
    /// <param name="errors">Field path to what is wrong with it, where the request has fields.</param>
    public static IResult Of(int status, string message, IReadOnlyDictionary<string, string>? errors = null)
    {
        var problem = new ProblemDetails
        {
            Status = status,
            Title = Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status),
            Detail = message,
        };
        problem.Extensions["message"] = message;
        if (errors is not null)
        {
            problem.Extensions["errors"] = errors;
        }

        return TypedResults.Problem(problem);
    }

    /// <summary>Gives the answers of the framework itself, such as 405, what ours have.</summary>
    public static void Complete(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        if (problem is { Status: StatusCodes.Status400BadRequest, Detail: null } && context.HttpContext.Request.QueryString is { HasValue: true } query)
        {
            // The generated code that reads parameters does not say which one it could not read.
            problem.Detail = $"A parameter of {Excerpt.Of(query.Value)} is not of the type that /openapi/v1.json says.";
        }

        problem.Extensions.TryAdd("message", problem.Detail ?? problem.Title ?? "");
    }
}
