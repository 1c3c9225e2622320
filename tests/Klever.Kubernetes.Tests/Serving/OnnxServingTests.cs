using System.Text.Json.Nodes;
using Klever.Testing.Schemas;

namespace Klever.Kubernetes.Tests.Serving;

/// <summary>The main path in full: an ONNX model on Triton.</summary>
public sealed class OnnxServingTests
{
    private const string Request = """
        apiVersion: machinelearning.seldon.io/v1
        kind: SeldonDeployment
        metadata: {name: onnx-svc, namespace: default}
        spec:
          predictors:
          - replicas: 2
            componentSpecs:
            - metadata: {name: onnx}
              spec:
                containers:
                - resources: {limits: {cpu: "1", memory: 1Gi}, requests: {cpu: "1", memory: 1Gi}}
            graph:
              name: onnx
              modelUri: release/onnx:v1
              serviceAccountName: default
              parameters: [{name: format, type: STRING, value: ONNX}]
        """;

    private const string Expected = """
        apiVersion: machinelearning.seldon.io/v1
        kind: SeldonDeployment
        metadata: {name: onnx-svc, namespace: default}
        spec:
          name: onnx-svc
          predictors:
          - name: onnx
            replicas: 2
            annotations:
              seldon.io/no-engine: "true"
              kleveross.io/model: harbor.example/release/onnx@sha256:dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd
              kleveross.io/server-image: reg/tritonserver:T
              kleveross.io/server: triton
            graph:
              name: onnx
              modelUri: release/onnx:v1
              serviceAccountName: default
              parameters: [{name: format, type: STRING, value: ONNX}]
            componentSpecs:
            - metadata:
                name: onnx
                annotations:
                  kleveross.io/model: harbor.example/release/onnx@sha256:dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd
              spec:
                automountServiceAccountToken: false
                securityContext:
                  runAsNonRoot: true
                  runAsUser: 1000
                  runAsGroup: 1000
                  fsGroup: 1000
                  seccompProfile: {type: RuntimeDefault}
                volumes:
                - {name: models-mnt, emptyDir: {}}
                initContainers:
                - name: onnx-model-initializer
                  image: reg/klever:T
                  command: [klever, initialize]
                  args:
                  - harbor.example/release/onnx@sha256:dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd
                  - /mnt/onnx-svc
                  - --layout=triton
                  - --name=onnx-svc
                  - --cpu
                  env:
                  - {name: ORMB_USERNAME, valueFrom: {secretKeyRef: {name: ormb, key: ORMB_USERNAME, optional: true}}}
                  - {name: ORMB_PASSWORD, valueFrom: {secretKeyRef: {name: ormb, key: ORMB_PASSWORD, optional: true}}}
                  volumeMounts:
                  - {name: models-mnt, mountPath: /mnt/onnx-svc}
                  securityContext:
                    allowPrivilegeEscalation: false
                    readOnlyRootFilesystem: true
                    capabilities: {drop: [ALL]}
                containers:
                - name: onnx
                  image: reg/tritonserver:T
                  args: [tritonserver, --model-repository=/mnt, --http-port=8000, --grpc-port=8001, --metrics-port=8002]
                  resources: {limits: {cpu: "1", memory: 1Gi}, requests: {cpu: "1", memory: 1Gi}}
                  ports:
                  - {name: http, containerPort: 8000, protocol: TCP}
                  - {name: grpc, containerPort: 8001, protocol: TCP}
                  - {name: metrics, containerPort: 8002, protocol: TCP}
                  env:
                  - {name: MODEL_STORE, value: /mnt}
                  - {name: SERVING_NAME, value: onnx-svc}
                  - {name: NVIDIA_VISIBLE_DEVICES, value: void}
                  volumeMounts:
                  - {name: models-mnt, mountPath: /mnt/onnx-svc, readOnly: true}
                  startupProbe:
                    httpGet: {path: /v2/models/onnx-svc/ready, port: 8000, scheme: HTTP}
                    periodSeconds: 10
                    timeoutSeconds: 5
                    failureThreshold: 60
                  readinessProbe:
                    httpGet: {path: /v2/models/onnx-svc/ready, port: 8000, scheme: HTTP}
                    timeoutSeconds: 5
                    failureThreshold: 5
                  livenessProbe:
                    httpGet: {path: /v2/health/live, port: 8000, scheme: HTTP}
                    timeoutSeconds: 5
                    failureThreshold: 5
                  securityContext:
                    allowPrivilegeEscalation: false
                    capabilities: {drop: [ALL]}
        """;

    private const string ShortForm = """
        {name: onnx-svc, predictors: [{name: onnx, model: 'release/onnx:v1', replicas: 2, resources: {cpu: '1', memory: 1Gi}}]}
        """;

    [Fact]
    public void SeldonRequest_IsComposed()
    {
        AssertSame(YamlJson.Read(Expected).Single(), Servings.Compose(Request));
    }

    [Fact]
    public void ShortRequest_IsComposedTheSame()
    {
        var expected = YamlJson.Read(Expected).Single();
        var graph = expected["spec"]!["predictors"]![0]!["graph"]!.AsObject();
        graph.Remove("serviceAccountName");
        graph.Remove("parameters");

        AssertSame(expected, Servings.Compose(ShortForm));
    }

    [Fact]
    public void ComposedRequest_IsComposedToItself()
    {
        var once = Servings.Compose(Request);

        AssertSame(once, Servings.Compose((JsonObject)once.DeepClone()));
    }

    [Fact]
    public void Serving_FitsSeldonsSchema()
    {
        var crd = SeldonCrd.Require();

        Assert.Empty(crd.Problems(Servings.Compose(Request)));
    }

    private static void AssertSame(JsonObject expected, JsonObject actual) => Assert.True(
        JsonNode.DeepEquals(expected, actual), $"expected {expected.ToJsonString()}\n     got {actual.ToJsonString()}");
}
