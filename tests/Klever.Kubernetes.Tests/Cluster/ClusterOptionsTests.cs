using Klever.Kubernetes.Cluster;

namespace Klever.Kubernetes.Tests.Cluster;

public sealed class ClusterOptionsTests
{
    [Fact]
    public void Environment_NamesTheServerOrTheFile()
    {
        var options = ClusterOptions.FromEnvironment(name => name switch
        {
            "KUBERNETES_API" => "http://127.0.0.1:8001",
            "KUBECONFIG" => "/home/me/config",
            _ => null,
        });

        Assert.Equal(new Uri("http://127.0.0.1:8001"), options.Api);
        Assert.Equal("/home/me/config", options.Kubeconfig);
    }

    [Theory]
    [InlineData("127.0.0.1:8001")]
    [InlineData("ftp://127.0.0.1")]
    public void Environment_WithOtherThanAUrl_IsRefused(string api)
    {
        var exception = Assert.Throws<FormatException>(() => ClusterOptions.FromEnvironment(name => name == "KUBERNETES_API" ? api : null));

        Assert.Equal($"KUBERNETES_API \"{api}\" is not an http or https URL.", exception.Message);
    }
}
