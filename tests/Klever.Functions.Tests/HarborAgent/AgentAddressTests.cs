using Klever.Functions.HarborAgent;

namespace Klever.Functions.Tests.HarborAgent;

public sealed class AgentAddressTests
{
    private static readonly AgentAddress Agent =
        new("https://models.example.com", new Uri("https://harbor.example.com/"), ["harbor-core.harbor.svc:80"]);

    [Theory]
    [InlineData("https://harbor.example.com/v2/a/b/blobs/uploads/1?_state=x%3D%2F", "https://models.example.com/v2/a/b/blobs/uploads/1?_state=x%3D%2F")]
    [InlineData("http://harbor.example.com/v2/", "https://models.example.com/v2/")]
    [InlineData("https://HARBOR.example.com:443/v2/", "https://models.example.com/v2/")]
    [InlineData("http://harbor-core.harbor.svc/v2/x", "https://models.example.com/v2/x")]
    [InlineData("https://harbor.example.com", "https://models.example.com/")]
    [InlineData("https://harbor.example.com?next=/v2/", "https://models.example.com?next=/v2/")]
    [InlineData("https://harbor.example.com:8443/v2/", "https://harbor.example.com:8443/v2/")]
    [InlineData("https://harbor.example.com.evil.example/v2/", "https://harbor.example.com.evil.example/v2/")]
    [InlineData("https://harbor.example.com@evil.example/v2/", "https://harbor.example.com@evil.example/v2/")]
    [InlineData("https://bucket.s3.amazonaws.com/layer?X-Amz-Signature=a%2Fb", "https://bucket.s3.amazonaws.com/layer?X-Amz-Signature=a%2Fb")]
    [InlineData("/v2/a/b/blobs/uploads/1?_state=x", "/v2/a/b/blobs/uploads/1?_state=x")]
    [InlineData("//harbor.example.com/v2/", "//harbor.example.com/v2/")]
    [InlineData("ftp://harbor.example.com/v2/", "ftp://harbor.example.com/v2/")]
    [InlineData("", "")]
    [InlineData("http://[", "http://[")]
    public void Rewrite_OfAnAddress_ChangesOnlyHarbors(string address, string expected) => Assert.Equal(expected, Agent.Rewrite(address));

    [Theory]
    [InlineData(
        "Bearer realm=\"https://harbor.example.com/service/token\",service=\"harbor-registry\",scope=\"repository:a/b:pull,push\"",
        "Bearer realm=\"https://models.example.com/service/token\",service=\"harbor-registry\",scope=\"repository:a/b:pull,push\"")]
    [InlineData(
        "bearer service=\"say \\\"realm=\\\"\", REALM=\"https://harbor.example.com/service/token\"",
        "bearer service=\"say \\\"realm=\\\"\", REALM=\"https://models.example.com/service/token\"")]
    [InlineData("Bearer realm=\"https://auth.example.com/token\"", "Bearer realm=\"https://auth.example.com/token\"")]
    [InlineData("Bearer scope=\"realm=https://harbor.example.com/\"", "Bearer scope=\"realm=https://harbor.example.com/\"")]
    [InlineData("Basic realm=\"https://harbor.example.com/\"", "Basic realm=\"https://harbor.example.com/\"")]
    [InlineData("Bearer realm=\"https://harbor.example.com/never closed", "Bearer realm=\"https://harbor.example.com/never closed")]
    [InlineData("Bearer realm=\"x\\", "Bearer realm=\"x\\")]
    [InlineData("Bearer", "Bearer")]
    [InlineData("", "")]
    public void Rewrite_OfAChallenge_ChangesOnlyTheRealm(string challenge, string expected) =>
        Assert.Equal(expected, ChallengeRealm.Rewrite(challenge, Agent.Rewrite));
}
