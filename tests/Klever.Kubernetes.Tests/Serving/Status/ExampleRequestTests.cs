using Klever.Kubernetes.Serving.Status;
using Klever.Models;
using Klever.Testing.Schemas;

namespace Klever.Kubernetes.Tests.Serving.Status;

/// <summary>URLs and a request for each protocol, from the object and the signature.</summary>
public sealed class ExampleRequestTests
{
    private static readonly Signature Signature = new()
    {
        Inputs =
        [
            new Tensor { Name = "x", Size = [-1, 2], DType = "float32" },
            new Tensor { Name = "it's", Size = [1], DType = "str" },
        ],
    };

    [Theory]
    [InlineData("v2", """{"inputs":[{"name":"x","shape":[1,2],"datatype":"FP32","data":[0,0]},{"name":"it\u0027s","shape":[1],"datatype":"BYTES","data":[""]}]}""")]
    [InlineData("tensorflow", """{"inputs":{"x":[[0,0]],"it\u0027s":[""]}}""")]
    [InlineData("mine", null)]
    public void Request_FollowsTheProtocol(string protocol, string? expected)
    {
        Assert.Equal(expected, ExampleRequest.Of(protocol, Signature)?.ToJsonString());
    }

    [Fact]
    public void Request_ForPmml_TakesAValueThatIsValid()
    {
        var signature = new Signature
        {
            Inputs =
            [
                new Tensor { Name = "sex", DType = "string", OpType = "categorical", Values = ["f", "m"] },
                new Tensor { Name = "age", DType = "double", OpType = "continuous", Values = ["[0;120]"] },
            ],
        };

        Assert.Equal("""{"id":"example","arguments":{"sex":"f","age":0}}""", ExampleRequest.Of("openscoring", signature)?.ToJsonString());
    }

    [Theory]
    [InlineData("float32", 3L, 224L, 224L)]
    [InlineData("float32", long.MaxValue, long.MaxValue)]
    [InlineData("complex64", 1L)]
    [InlineData("float16", 1L)]
    [InlineData("bfloat16", 1L)]
    public void Request_ThatNobodyWouldRead_IsNotMade(string type, params long[] size)
    {
        Assert.Null(ExampleRequest.Of("v2", new Signature { Inputs = [new Tensor { Name = "x", Size = size, DType = type }] }));
    }

    [Fact]
    public void Endpoint_HasUrlsRequestAndCurl()
    {
        var options = Servings.Options with { GatewayAddress = new Uri("http://gate:31380") };
        var serving = Servings.Compose("{name: s, model: 'release/m:v1'}", options: options);

        var endpoint = Assert.Single(ServingAddresses.Of(serving, new Dictionary<string, Signature> { ["s"] = Signature }, options));

        Assert.Equal("http://gate:31380/seldon/default/s/v2/models/s/infer", endpoint.Url);
        Assert.Equal("http://s-s.default:8000/v2/models/s/infer", endpoint.InternalUrl);
        Assert.StartsWith("curl -sS -H 'Content-Type: application/json' -d '{\"inputs\":", endpoint.Curl);
        Assert.EndsWith(" 'http://gate:31380/seldon/default/s/v2/models/s/infer'", endpoint.Curl);
    }

    [Fact]
    public void Endpoint_OfAnImageOfTheCallersOwn_HasItsAddressOnly()
    {
        var serving = Servings.Compose(YamlJson.Read("{name: s, model: 'release/m:v1', image: 'reg/own:1'}").Single());

        var endpoint = Assert.Single(ServingAddresses.Of(serving, new Dictionary<string, Signature> { ["s"] = Signature }, Servings.Options));

        Assert.Equal((null, null, "http://s-s.default:8000/"), (endpoint.Protocol, endpoint.Curl, endpoint.InternalUrl));
    }
}
