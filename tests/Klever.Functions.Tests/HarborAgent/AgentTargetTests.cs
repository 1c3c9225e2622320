using Klever.Functions.HarborAgent;

namespace Klever.Functions.Tests.HarborAgent;

public sealed class AgentTargetTests
{
    [Theory]
    [InlineData("/v2/", "/v2/")]
    [InlineData("/v2", "/v2/")]
    [InlineData("/v2?n=1", "/v2/?n=1")]
    [InlineData("/v2/team/model/blobs/uploads", "/v2/team/model/blobs/uploads/")]
    [InlineData("/v2/team/model/blobs/uploads?mount=sha256:a&from=b", "/v2/team/model/blobs/uploads/?mount=sha256:a&from=b")]
    [InlineData("/api/v2.0/projects/p/repositories/a%252Fb/artifacts", "/api/v2.0/projects/p/repositories/a%252Fb/artifacts")]
    [InlineData("/api/v2.0/projects/p/repositories/a%2Fb/artifacts", "/api/v2.0/projects/p/repositories/a%2Fb/artifacts")]
    [InlineData("/v2/a/b/blobs/uploads/id?_state=a%3D%3D%26..%2F", "/v2/a/b/blobs/uploads/id?_state=a%3D%3D%26..%2F")]
    [InlineData("/service/token?service=harbor-registry&scope=repository:a/b:pull", "/service/token?service=harbor-registry&scope=repository:a/b:pull")]
    [InlineData("/v2//a/...b/..c", "/v2//a/...b/..c")]
    [InlineData("/api/v1alpha1x/y", "/api/v1alpha1x/y")]
    [InlineData("/c/userExists", "/c/userExists")]
    public void TryRead_OfAPartThatIsShown_KeepsWhatWasWritten(string rawTarget, string expected)
    {
        Assert.True(AgentTarget.TryRead(rawTarget, out var target, out _));

        Assert.Equal(expected, target.PathAndQuery);
    }

    [Theory]
    [InlineData("http://evil.example/v2/")]
    [InlineData("//evil.example/v2/")]
    [InlineData("evil.example:443")]
    [InlineData("*")]
    [InlineData("")]
    [InlineData("/v2/../api/v2.0/users")]
    [InlineData("/v2/./a")]
    [InlineData("/v2/%2e%2e/api")]
    [InlineData("/v2/%2E./api")]
    [InlineData("/v2/a%2f..%2fb")]
    [InlineData("/v2/%252e%252e/api")]
    [InlineData("/v2/%25252e%25252e/api")]
    [InlineData("/v2/%252525252525252e")]
    [InlineData("/v2/a\\..\\b")]
    [InlineData("/v2/a%5cb")]
    [InlineData("/v2/a%255cb")]
    [InlineData("/v2/a%0d%0aSet-Cookie:x")]
    [InlineData("/v2/a%00")]
    [InlineData("/v2/a b")]
    [InlineData("/v2/#fragment")]
    [InlineData("/v2/?a=\u00e4")]
    [InlineData("/")]
    [InlineData("/metrics")]
    [InlineData("/%76%32/")]
    [InlineData("/V2/")]
    [InlineData("/v2%2f")]
    [InlineData("/api/v1alpha1/namespaces/default/secrets")]
    [InlineData("/api//V1alpha1")]
    [InlineData("/api/%76%31alpha1/namespaces")]
    [InlineData("/service/notifications/jobs/1")]
    [InlineData("/service//Notifications")]
    [InlineData("/service/%6eotifications")]
    public void TryRead_OfAnythingElse_IsRefused(string rawTarget)
    {
        Assert.False(AgentTarget.TryRead(rawTarget, out _, out var problem));

        Assert.NotEmpty(problem);
    }
}
