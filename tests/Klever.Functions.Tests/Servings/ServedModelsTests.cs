using System.Text.Json.Nodes;
using Klever.Functions.Access;
using Klever.Functions.Hosting;
using Klever.Functions.Servings;
using Klever.Kubernetes.Serving;
using Microsoft.AspNetCore.Http;

namespace Klever.Functions.Tests.Servings;

/// <summary>Who may see or change a SeldonDeployment follows from what it serves.</summary>
public sealed class ServedModelsTests
{
    private static readonly ServingOptions Options = new() { Registry = "harbor.example", InitializerImage = "klever" };

    [Theory]
    [InlineData("""[{"graph": {"modelUri": "mine/a:v1"}}]""", true)]
    [InlineData("""[{"graph": {"modelUri": "harbor.example/mine/a:v1"}}]""", true)]
    [InlineData("""[{"graph": {"modelUri": "mine/a:v1"}}, {"graph": {"modelUri": "yours/a:v1"}}]""", false)]
    [InlineData("""[{"graph": {"modelUri": "other.example/mine/a:v1"}}]""", false)]
    [InlineData("""[{"graph": {"modelUri": "s3://bucket/model"}}]""", false)]
    [InlineData("""[{"graph": {"name": "router"}}]""", false)]
    [InlineData("""[{"graph": {"name": "router", "children": [{"modelUri": "mine/a:v1"}, {"modelUri": "yours/a:v1"}]}}]""", false)]
    [InlineData("""[{"graph": {"name": "router", "children": [{"modelUri": "mine/a:v1"}]}}]""", true)]
    [InlineData("[]", false)]
    [InlineData("""[{"graph": {"modelUri": "mine/a:v1"}, "explainer": {"modelUri": "mine/b:v1"}}]""", true)]
    [InlineData("""[{"graph": {"modelUri": "mine/a:v1"}, "explainer": {"modelUri": "yours/b:v1"}}]""", false)]
    [InlineData("""[{"graph": {"modelUri": "mine/a:v1"}}, {"graph": {"name": "router", "children": [{"name": "leaf"}]}}]""", false)]
    [InlineData("""[{"graph": {"modelUri": {"not": "text"}}}]""", false)]
    [InlineData("""[{"graph": ["mine/a:v1"]}]""", false)]
    [InlineData("""["mine/a:v1"]""", false)]
    public async Task Serving_IsForThoseWhoHaveTheRightOnAllItsModels(string predictors, bool expected)
    {
        var models = new ServedModels(new ProjectAccess("mine/"), Options, NamespaceMap.Parse("default", []));
        var serving = new JsonObject { ["spec"] = new JsonObject { ["predictors"] = JsonNode.Parse(predictors) } };
        var caller = new DefaultHttpContext().Request;
        var token = TestContext.Current.CancellationToken;

        Assert.Equal(expected, (await models.VisibleAsync(caller, [serving], token)).Count == 1);
        var refusal = await Record.ExceptionAsync(() => models.RequireAsync(caller, serving, Right.Push, token));
        Assert.Equal(expected, refusal is null);
        Assert.True(refusal is null or AccessDeniedException);
    }

    private sealed class ProjectAccess(string project) : IAccess
    {
        public Task RequireAsync(HttpRequest caller, string repository, Right right, CancellationToken cancellationToken) =>
            repository.StartsWith(project, StringComparison.Ordinal)
                ? Task.CompletedTask
                : throw AccessDeniedException.Forbidden(repository, right);

        public Task RequireKnownAsync(HttpRequest caller, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
