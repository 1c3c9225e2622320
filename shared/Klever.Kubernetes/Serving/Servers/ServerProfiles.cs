namespace Klever.Kubernetes.Serving.Servers;

/// <summary>The servers that are known without configuration, but for their images.</summary>
public static class ServerProfiles
{
    internal const string TritonLayout = "triton";

    /// <summary>User that the images of Triton and MLServer define; the others run as any.</summary>
    private const long UserId = 1000;

    /// <summary>Triton Inference Server; TensorFlow left its images after 25.02, Caffe2 after 20.10.</summary>
    public static ServerProfile Triton(string image, string name = "triton", params IReadOnlyList<string> formats) => new(
        )
    {
        Name = name,
        Image = image,
        Formats = formats.Count > 0 ? formats : ["ONNX", "TorchScript", "TensorRT"],
        Layout = TritonLayout,
        // The entry point of the image prints a banner and runs its arguments.
        Args = ["tritonserver", "--model-repository={store}", "--http-port=8000", "--grpc-port=8001", "--metrics-port=8002"],
        HttpPort = 8000,
        GrpcPort = 8001,
        MetricsPort = 8002,
        ReadinessPath = "/v2/models/{name}/ready",
        LivenessPath = "/v2/health/live",
        InferencePath = "/v2/models/{name}/infer",
        SignatureFormats = ["TorchScript"],
        GpuFormats = ["TensorRT"],
        UserId = UserId,
    };

    /// <summary>TensorFlow Serving, which speaks the V1 protocol.</summary>
    public static ServerProfile TensorFlowServing(string image) => new()
    {
        Name = "tensorflow-serving",
        Image = image,
        Formats = ["SavedModel"],
        Layout = "tfserving",
        Args = ["--model_name={name}", "--model_base_path={path}", "--port=8001", "--rest_api_port=8000"],
        HttpPort = 8000,
        GrpcPort = 8001,
        ReadinessPath = "/v1/models/{name}",
        InferencePath = "/v1/models/{name}:predict",
        Protocol = ServerProfile.TensorFlow,
        UserId = UserId,
    };

    /// <summary>MLServer. MLlib is not in its stock image.</summary>
    public static ServerProfile MLServer(string image) => new()
    {
        Name = "mlserver",
        Image = image,
        Formats = ["SKLearn", "XGBoost", "MLflow", "MLlib"],
        Layout = "mlserver",
        Env = new Dictionary<string, string> { ["MLSERVER_MODELS_DIR"] = "{path}" },
        HttpPort = 8080,
        GrpcPort = 8081,
        MetricsPort = 8082,
        ReadinessPath = "/v2/models/{name}/ready",
        LivenessPath = "/v2/health/live",
        InferencePath = "/v2/models/{name}/infer",
        UserId = UserId,
    };

    /// <summary>Klever's image around Openscoring, which deploys the file that it finds in the directory of the
    /// model.</summary>
    public static ServerProfile Openscoring(string image) => new()
    {
        Name = "openscoring",
        Image = image,
        Formats = ["PMML"],
        Layout = "pmml",
        HttpPort = 8000,
        ReadinessPath = "/openscoring/model/{name}",
        InferencePath = "/openscoring/model/{name}",
        Protocol = ServerProfile.Openscoring,
    };
}
