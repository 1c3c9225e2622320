using Klever.Functions.Hosting;
using Klever.Kubernetes.Serving.Routing;
using Microsoft.Extensions.Configuration;

namespace Klever.Functions.Tests.Servings;

/// <summary>What an administrator says of servings is read and checked at the start.</summary>
public sealed class ServingSettingsTests
{
    private const string Server = """
        [{"name": "NAME", "image": "reg/server:1", "formats": ["ONNX"], "layout": "triton", "httpPort": 9000,
          "readinessPath": "/ready", "inferencePath": "/infer"}]
        """;

    [Fact]
    public void Servers_OfTheTable_GoFirst()
    {
        var servings = Read(("Servers", Server.Replace("NAME", "mine"))).Servings;

        Assert.Equal(["mine", "triton", "tensorflow-serving", "triton-tensorflow", "mlserver", "openscoring"], servings.Servers.Select(s => s.Name));
    }

    [Fact]
    public void Server_OfAKnownName_TakesItsPlace()
    {
        var servings = Read(("Servers", Server.Replace("NAME", "triton"))).Servings;

        Assert.Equal("reg/server:1", servings.Servers.Single(s => s.Name == "triton").Image);
    }

    [Fact]
    public void Settings_AreRead()
    {
        var servings = Read(
            ("LoadBudget", "00:30:00"), ("Routes", "HttpRoute"), ("Gateway", "infra/gate"), ("Address", "http://gate"),
            ("AllowSecrets", "true"), ("GpuResources", "example.com/npu, x/y")).Servings;

        Assert.Equal(TimeSpan.FromMinutes(30), servings.LoadBudget);
        Assert.Equal((RouteKind.HttpRoute, "infra/gate"), (servings.Routing.Kind, servings.Routing.Gateway));
        Assert.Equal(new Uri("http://gate"), servings.GatewayAddress);
        Assert.True(servings.AllowsSecrets);
        Assert.Equal(["example.com/npu", "x/y"], servings.GpuResources);
    }

    [Theory]
    [InlineData("Servers", "[{\"name\": 7}]", "Klever:Servings:Servers: the table of servers is wrong at line 1")]
    [InlineData("ServersFile", "/absent/servers.json", "Klever:Servings:ServersFile: ")]
    [InlineData("LoadBudget", "long", "Klever:Servings:LoadBudget is \"long\"; expected a duration")]
    [InlineData("LoadBudget", "00:00:01", "LoadBudget must be at least ten seconds.")]
    [InlineData("Routes", "Nginx", "Klever:Servings:Routes is \"Nginx\"; expected one of VirtualService, HttpRoute, None")]
    [InlineData("Address", "gate", "Klever:Servings:Address is \"gate\"; expected an http or https address")]
    [InlineData("AllowSecrets", "perhaps", "Klever:Servings:AllowSecrets is \"perhaps\"; expected true or false")]
    public void Setting_ThatIsWrong_IsNamed(string name, string value, string problem)
    {
        Assert.Contains(problem, Assert.Throws<InvalidOperationException>(() => Read((name, value))).Message);
    }

    private static KleverOptions Read(params (string Name, string Value)[] settings) =>
        OptionsReader.Read(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create($"Klever:Servings:{s.Name}", (string?)s.Value))
                .Append(KeyValuePair.Create("Klever:Registry:Address", (string?)"https://harbor.example.com")))
            .Build());
}
