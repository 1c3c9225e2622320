using Klever.Kubernetes.Serving;
using Klever.Kubernetes.Serving.Servers;

namespace Klever.Kubernetes.Tests.Serving;

public sealed class ServerTableTests
{
    private const string Table = """
        // PMML from files, with the Open Inference Protocol
        [{"name": "pmmlserver", "image": "kserve/pmmlserver:v0.20.0", "formats": ["PMML"], "layout": "pmml",
          "args": ["--model_name={name}", "--model_dir={path}", "--http_port=8080"], "httpPort": 8080,
          "readinessPath": "/v2/models/{name}/ready", "inferencePath": "/v2/models/{name}/infer", "userId": 1000}]
        """;

    [Fact]
    public void AddedServer_GoesBeforeTheKnownOnes()
    {
        var options = Servings.Options with { Servers = [.. ServerTable.Parse(Table), .. Servings.Options.Servers] };

        var container = Servings.Compose("{name: s, model: 'a/b:c'}", "format: PMML", options)
            ["spec"]!["predictors"]![0]!["componentSpecs"]![0]!["spec"]!["containers"]![0]!;

        Assert.Empty(options.Problems());
        Assert.Equal("kserve/pmmlserver:v0.20.0", (string?)container["image"]);
        Assert.Equal("""["--model_name=s","--model_dir=/mnt/s","--http_port=8080"]""", container["args"]!.ToJsonString());
        Assert.Equal("/v2/models/s/ready", (string?)container["readinessProbe"]!["httpGet"]!["path"]);
    }

    [Theory]
    [InlineData("[{\"name\": \"x\"}]")]
    [InlineData("{}")]
    [InlineData("[{\"name\": \"x\", \"imagee\": \"y\"}]")]
    [InlineData("[")]
    public void Table_ThatIsWrong_SaysWhere(string json)
    {
        Assert.StartsWith("the table of servers is wrong at line 1, column ", Assert.Throws<FormatException>(() => ServerTable.Parse(json)).Message);
    }

    [Fact]
    public void Options_NameWhatIsWrong()
    {
        var options = new ServingOptions
        {
            Registry = "harbor.example",
            InitializerImage = "",
            InitializerCpu = "much",
            LoadBudget = TimeSpan.FromSeconds(1),
            Servers =
            [
                ServerProfiles.Triton("t", "triton", "GGUF"),
                ServerProfiles.Openscoring("o") with { Layout = "flat", HttpPort = 70_000, ReadinessPath = "ready" },
                ServerProfiles.Openscoring("o"),
            ],
        };

        Assert.Equal(
            [
                "MODEL_INITIALIZER_IMAGE is empty; name the image that holds klever.",
                "MODEL_INITIALIZER_CPU \"much\" is not a positive quantity such as 500m or 2Gi.",
                "server openscoring is there twice.",
                "server triton names \"GGUF\", which is not a model format.",
                "server openscoring has the layout \"flat\"; known are triton, tfserving, mlserver, mlflow, pmml, plain, ormb.",
                "server openscoring has the port 70000, which is none.",
                "server openscoring has the path \"ready\", which does not begin with a slash.",
                "LoadBudget must be at least ten seconds.",
            ],
            options.Problems());
    }
}
