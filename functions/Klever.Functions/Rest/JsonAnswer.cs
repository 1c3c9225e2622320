using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Klever.Functions.Rest;

/// <summary>Answers that are JSON documents already.</summary>
internal static class JsonAnswer
{
    public static ContentHttpResult Of(JsonNode document, int status = StatusCodes.Status200OK) =>
        TypedResults.Text(document.ToJsonString(), "application/json", statusCode: status);
}
