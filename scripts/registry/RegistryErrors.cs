using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Klever.Registry;

/// <summary>Errors in the registry's JSON (distribution specification, "Error Codes").</summary>
internal static class RegistryErrors
{
    public static async Task WriteAsync(HttpContext context, int status, string code, string message)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        var body = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
        {
            ["errors"] = new[] { new Dictionary<string, string> { ["code"] = code, ["message"] = message } },
        });
        context.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
        }
    }
}
