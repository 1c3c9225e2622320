using System.Diagnostics;
using Klever.Testing;

namespace Klever.Local.Tests.Cluster;

/// <summary>The real <c>kubectl</c> against the local cluster, with validation on.</summary>
public sealed class KubectlTests
{
    private const string Manifest =
        """
        apiVersion: kleveross.io/v1alpha1
        kind: ModelJob
        metadata: {name: one, namespace: default, labels: {team: a}}
        spec:
          model: registry/library/resnet:v1
          extraction: {format: ONNX}
        """;

    private const string Job =
        """
        apiVersion: batch/v1
        kind: Job
        metadata: {name: hello}
        spec:
          template:
            spec:
              restartPolicy: Never
              containers:
                - {name: main, image: busybox, command: [/bin/sh, -c, echo hello from the pod]}
        """;

    [Fact]
    public async Task ModelJob_CanBeCreatedReadChangedAndDeleted()
    {
        await using var client = await ClusterClient.StartAsync();

        Assert.Equal("modeljob.kleveross.io/one created\n", await RunAsync(client, Manifest, "create", "-f", "-"));
        Assert.Contains("one", await RunAsync(client, null, "get", "modeljobs"));
        Assert.Contains("Team", await RunAsync(client, null, "get", "modeljobs", "-L", "team"), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("registry/library/resnet:v1", await RunAsync(client, null, "describe", "modeljob", "one"));
        Assert.Contains("modeljobs", await RunAsync(client, null, "api-resources", "--api-group=kleveross.io"));
        await RunAsync(client, null, "patch", "modeljob", "one", "--subresource=status", "--type=merge", "-p", """{"status":{"phase":"Running","message":""}}""");
        Assert.Contains("condition met", await RunAsync(client, null, "wait", "modeljob/one", "--for=jsonpath={.status.phase}=Running", "--timeout=10s"));
        Assert.Equal("modeljob.kleveross.io/one serverside-applied\n", await RunAsync(client, Manifest, "apply", "--server-side", "-f", "-"));
        Assert.Equal("modeljob.kleveross.io \"one\" deleted\n", await RunAsync(client, null, "delete", "modeljob", "one", "--wait"));
        Assert.Contains("NotFound", await RunAsync(client, null, "get", "modeljob", "one"));
    }

    [Fact]
    public async Task ShortName_ShowsModelPhaseAndAge()
    {
        Assert.SkipUnless(TestDefinitions.ModelJobs.EndsWith("modeljob.crd.yaml"), "the definition without columns is used");
        await using var client = await ClusterClient.StartAsync();
        await client.CreateAsync(ClusterClient.ModelJobs, ClusterClient.ModelJob("one"));
        var status = """{"status":{"phase":"Running","message":""}}""";
        await RunAsync(client, null, "patch", "mj", "one", "--subresource=status", "--type=merge", "-p", status);

        var lines = (await RunAsync(client, null, "get", "mj")).Split('\n');

        Assert.Equal(["NAME", "MODEL", "PHASE", "AGE"], lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(["one", "registry/library/resnet:v1", "Running"], lines[1].Split(' ', StringSplitOptions.RemoveEmptyEntries)[..3]);
    }

    [Fact]
    public async Task Job_CanBeWaitedForAndItsLogRead()
    {
        await using var client = await ClusterClient.StartAsync();

        Assert.Equal("job.batch/hello created\n", await RunAsync(client, Job, "create", "-f", "-"));
        Assert.Contains("condition met", await RunAsync(client, null, "wait", "job/hello", "--for=condition=Complete", "--timeout=20s"));

        Assert.Equal("hello from the pod\n", await RunAsync(client, null, "logs", "job/hello"));
        Assert.Contains("1/1", await RunAsync(client, null, "get", "jobs"));
        Assert.Contains("Completed", await RunAsync(client, null, "get", "pods"));
        Assert.Contains("SuccessfulCreate", await RunAsync(client, null, "describe", "job", "hello"));
        Assert.Contains("deleted", await RunAsync(client, null, "delete", "job", "hello", "--cascade=foreground"));
        Assert.Contains("No resources found", await RunAsync(client, null, "get", "pods"));
    }

    [Fact]
    public async Task UnknownField_IsRefusedByTheServer()
    {
        await using var client = await ClusterClient.StartAsync();

        var answer = await RunAsync(client, Manifest + "\n  colour: red\n", "create", "-f", "-");

        Assert.Contains("unknown field \"spec.colour\"", answer);
    }

    [Fact]
    public async Task Watch_ShowsRowsAsTheyCome()
    {
        await using var client = await ClusterClient.StartAsync();
        await client.CreateAsync(ClusterClient.ModelJobs, ClusterClient.ModelJob("first"));
        var output = RunAsync(client, null, "get", "modeljobs", "-w", "--request-timeout=4s");

        await Task.Delay(1500, TestContext.Current.CancellationToken);
        await client.CreateAsync(ClusterClient.ModelJobs, ClusterClient.ModelJob("second"));

        var lines = (await output).Split('\n');
        Assert.StartsWith("NAME", lines[0]);
        Assert.StartsWith("first", lines[1]);
        Assert.StartsWith("second", lines[2]);
    }

    /// <returns>Both outputs.</returns>
    private static async Task<string> RunAsync(ClusterClient client, string? input, params string[] arguments)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/kubectl") || File.Exists("/usr/local/bin/kubectl"), "kubectl is not installed");
        using var cache = new TemporaryDirectory();
        var start = new ProcessStartInfo("kubectl")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["KUBECONFIG"] = "/dev/null", ["KUBECACHEDIR"] = cache.Path, ["HOME"] = cache.Path },
        };
        string[] all = ["--server", client.Cluster.Address.ToString().TrimEnd('/'), .. arguments];
        all.ToList().ForEach(start.ArgumentList.Add);
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input ?? "");
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return await output + await errors;
    }
}
