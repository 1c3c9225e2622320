using System.Text.Json.Nodes;

namespace Klever.Functions.HarborAgent;

/// <summary>Answers of the agent itself, in the form that clients of Harbor and of registries read (OCI distribution, "Error Codes").</summary>
internal static class AgentRefusal
{
    /// <param name="problem">Completes "The request was not forwarded: …".</param>
    public static Task WriteAsync(HttpContext context, string problem)
    {
        var (status, code) = problem == AgentTarget.NotShown
            ? (StatusCodes.Status404NotFound, "NOT_FOUND")
            : (StatusCodes.Status400BadRequest, "BAD_REQUEST");
        context.Response.StatusCode = status;
        return WriteAsync(context, code, $"The request was not forwarded: {problem}.");
    }

    /// <summary>Says in words what the status that the forwarder has set means; nothing when the answer has begun.</summary>
    public static async Task WriteFailureAsync(HttpContext context)
    {
        if (context.Response.HasStarted)
        {
            return;
        }

        var message = context.Response.StatusCode switch
        {
            StatusCodes.Status502BadGateway => "Harbor does not answer; try again.",
            StatusCodes.Status504GatewayTimeout => "Harbor did not answer in time; try again.",
            _ => "The body of the request did not arrive as a whole.",
        };
        await WriteAsync(context, "UNAVAILABLE", message);
    }

    private static async Task WriteAsync(HttpContext context, string code, string message)
    {
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        var body = new JsonObject { ["errors"] = new JsonArray(new JsonObject { ["code"] = code, ["message"] = message }) };
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.WriteAsync(body.ToJsonString(), context.RequestAborted);
    }
}
