using System.Net;
using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;
using Klever.Local.Tests.Cluster;

namespace Klever.Local.Tests.Jobs;

public sealed class JobTests
{
    [Fact]
    public async Task Job_ThatSucceeds_EndsCompleteWithItsTerminationMessage()
    {
        await using var client = await ClusterClient.StartAsync();

        await client.CreateAsync(ClusterClient.Jobs, JobOf("good", "echo hello; printf report > /dev/termination-log"));
        var job = await client.EventuallyAsync($"{ClusterClient.Jobs}/good", IsFinished);

        Assert.Equal(["SuccessCriteriaMet", "Complete"], job.Objects("status", "conditions").Select(c => c.Text("type")));
        Assert.Equal(1, job.Number("status", "succeeded"));
        var ended = (await OnlyPodAsync(client, "good")).Objects("status", "containerStatuses").Single().At("state", "terminated");
        Assert.Equal("Completed", ended.Text("reason"));
        Assert.Equal("report", ended.Text("message"));
        Assert.Equal(0, ended.Number("exitCode"));
    }

    [Fact]
    public async Task Job_WithInitContainers_SharesTheirVolume()
    {
        await using var client = await ClusterClient.StartAsync();
        var job = JobOf("volume", "cat /models/input/file > /dev/termination-log");
        var pod = job["spec"]!["template"]!["spec"]!;
        pod["volumes"] = new JsonArray(new JsonObject { ["name"] = "model", ["emptyDir"] = new JsonObject() });
        var mounts = new JsonArray(new JsonObject { ["name"] = "model", ["mountPath"] = "/models/input" });
        pod["containers"]![0]!["volumeMounts"] = mounts;
        pod["initContainers"] = new JsonArray(Container("fetch", "echo weights > $TARGET/file"));
        pod["initContainers"]![0]!["volumeMounts"] = mounts.DeepClone();
        pod["initContainers"]![0]!["env"] = new JsonArray(new JsonObject { ["name"] = "TARGET", ["value"] = "/models/input" });

        await client.CreateAsync(ClusterClient.Jobs, job);
        await client.EventuallyAsync($"{ClusterClient.Jobs}/volume", IsFinished);

        Assert.Equal("weights\n", Terminated(await OnlyPodAsync(client, "volume")).Text("message"));
    }

    [Fact]
    public async Task Job_ThatKeepsFailing_IsTriedUpToTheBackoffLimit()
    {
        await using var client = await ClusterClient.StartAsync();
        var job = JobOf("bad", "exit 3");
        job["spec"]!["backoffLimit"] = 2;

        await client.CreateAsync(ClusterClient.Jobs, job);
        var ended = await client.EventuallyAsync($"{ClusterClient.Jobs}/bad", IsFinished);

        var failed = ended.Objects("status", "conditions").Single(c => c.Text("type") == "Failed");
        Assert.Equal("BackoffLimitExceeded", failed.Text("reason"));
        Assert.Equal("Job has reached the specified backoff limit", failed.Text("message"));
        Assert.Equal(3, ended.Number("status", "failed"));
    }

    [Fact]
    public async Task Job_WhosePolicyFailsOnTheCode_IsNotTriedAgain()
    {
        await using var client = await ClusterClient.StartAsync();
        var job = JobOf("final", "exit 20");
        job["spec"]!["podFailurePolicy"] = Policy("FailJob", 20);

        await client.CreateAsync(ClusterClient.Jobs, job);
        var ended = await client.EventuallyAsync($"{ClusterClient.Jobs}/final", IsFinished);

        var failed = ended.Objects("status", "conditions").Single(c => c.Text("type") == "Failed");
        Assert.Equal("PodFailurePolicy", failed.Text("reason"));
        Assert.EndsWith("failed with exit code 20 matching FailJob rule at index 0", failed.Text("message"));
        Assert.Equal(1, ended.Number("status", "failed"));
    }

    [Fact]
    public async Task Job_OverItsDeadline_FailsAndItsProcessesEnd()
    {
        await using var client = await ClusterClient.StartAsync();
        using var directory = new Klever.Testing.TemporaryDirectory();
        var file = directory.Combine("pid");
        var job = JobOf("slow", $"echo $$ > {file}; sleep 300");
        job["spec"]!["template"]!["spec"]!["terminationGracePeriodSeconds"] = 1;
        var deadline = JsonNode.Parse("""{"spec":{"activeDeadlineSeconds":1}}""");

        await client.CreateAsync(ClusterClient.Jobs, job);
        await client.EventuallyAsync($"{ClusterClient.Jobs}/slow", _ => File.Exists(file) && new FileInfo(file).Length > 0);
        await client.SendAsync(HttpMethod.Patch, $"{ClusterClient.Jobs}/slow", deadline, "application/merge-patch+json");
        var ended = await client.EventuallyAsync($"{ClusterClient.Jobs}/slow", IsFinished);

        Assert.Equal("DeadlineExceeded", ended.Objects("status", "conditions").Last().Text("reason"));
        var process = (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Trim();
        Assert.False(Directory.Exists("/proc/" + process));
    }

    [Fact]
    public async Task Pod_WithUnknownImage_StaysWaitingAndSaysWhy()
    {
        await using var client = await ClusterClient.StartAsync();
        var job = JobOf("image", "true");
        job["spec"]!["template"]!["spec"]!["containers"]![0]!["image"] = "example.com/nowhere:v1";

        await client.CreateAsync(ClusterClient.Jobs, job);
        var pods = await client.EventuallyAsync(ClusterClient.Pods, p => Waiting(p) == "ImagePullBackOff");

        Assert.Equal("Pending", pods.Objects("items").Single().Text("status", "phase"));
    }

    [Fact]
    public async Task Container_OverItsMemoryLimit_IsKilledAsOutOfMemory()
    {
        await using var client = await ClusterClient.StartAsync();
        var job = JobOf("memory", "x=$(head -c 60000000 /dev/zero | tr '\\0' x); sleep 30");
        job["spec"]!["backoffLimit"] = 0;
        var container = job["spec"]!["template"]!["spec"]!["containers"]![0]!;
        container["resources"] = new JsonObject { ["limits"] = new JsonObject { ["memory"] = "20Mi" } };

        await client.CreateAsync(ClusterClient.Jobs, job);
        await client.EventuallyAsync($"{ClusterClient.Jobs}/memory", IsFinished);

        var ended = Terminated(await OnlyPodAsync(client, "memory"));
        Assert.Equal("OOMKilled", ended.Text("reason"));
        Assert.Equal(137, ended.Number("exitCode"));
    }

    [Fact]
    public async Task Container_WithoutMessage_FallsBackToItsLog()
    {
        await using var client = await ClusterClient.StartAsync();
        var job = JobOf("log", "echo one; echo two; exit 1");
        job["spec"]!["backoffLimit"] = 0;
        job["spec"]!["template"]!["spec"]!["containers"]![0]!["terminationMessagePolicy"] = "FallbackToLogsOnError";

        await client.CreateAsync(ClusterClient.Jobs, job);
        await client.EventuallyAsync($"{ClusterClient.Jobs}/log", IsFinished);

        var pod = await OnlyPodAsync(client, "log");
        Assert.Equal("one\ntwo", Terminated(pod).Text("message"));
        var (_, log) = await client.GetAsync($"{ClusterClient.Pods}/{pod.Text("metadata", "name")}/log?tailLines=1");
        Assert.Equal("two\n", log.Text());
    }

    [Fact]
    public async Task Variables_ComeFromSecretsMapsAndFields()
    {
        await using var client = await ClusterClient.StartAsync();
        await client.CreateAsync("/api/v1/namespaces/default/secrets", JsonNode.Parse(
            """{"apiVersion":"v1","kind":"Secret","metadata":{"name":"login"},"stringData":{"password":"hidden"}}""")!);
        await client.CreateAsync("/api/v1/namespaces/default/configmaps", JsonNode.Parse(
            """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"settings"},"data":{"LEVEL":"3"}}""")!);
        var job = JobOf("variables", "printf \"$PASSWORD $LEVEL $NS $BOTH\" > /dev/termination-log");
        var container = job["spec"]!["template"]!["spec"]!["containers"]![0]!;
        container["envFrom"] = JsonNode.Parse("""[{"configMapRef":{"name":"settings"}}]""");
        container["env"] = JsonNode.Parse(
            """
            [{"name":"PASSWORD","valueFrom":{"secretKeyRef":{"name":"login","key":"password"}}},
             {"name":"NS","valueFrom":{"fieldRef":{"fieldPath":"metadata.namespace"}}},
             {"name":"BOTH","value":"$(NS)/$(LEVEL)/$(NONE)/$$(NS)"}]
            """);

        await client.CreateAsync(ClusterClient.Jobs, job);
        await client.EventuallyAsync($"{ClusterClient.Jobs}/variables", IsFinished);

        Assert.Equal("hidden 3 default default/3/$(NONE)/$(NS)", Terminated(await OnlyPodAsync(client, "variables")).Text("message"));
    }

    [Fact]
    public async Task Job_DeletedInTheForeground_TakesItsPodsAndProcessesAlong()
    {
        await using var client = await ClusterClient.StartAsync();
        await client.CreateAsync(ClusterClient.Jobs, JobOf("gone", "exec sleep 300"));
        await client.EventuallyAsync(ClusterClient.Pods, p => p.Objects("items").Any(i => i.Text("status", "phase") == "Running"));

        var options = JsonNode.Parse("""{"propagationPolicy":"Foreground"}""");
        var (code, _) = await client.SendAsync(HttpMethod.Delete, $"{ClusterClient.Jobs}/gone", options);

        Assert.Equal(HttpStatusCode.OK, code);
        await client.EventuallyAsync($"{ClusterClient.Jobs}/gone", b => b.Number("code") == 404);
        Assert.Empty((await client.GetAsync(ClusterClient.Pods)).Body.Objects("items"));
    }

    [Fact]
    public async Task Job_DeletedWithoutPolicy_LeavesItsPods()
    {
        await using var client = await ClusterClient.StartAsync();
        await client.CreateAsync(ClusterClient.Jobs, JobOf("orphan", "true"));
        await client.EventuallyAsync($"{ClusterClient.Jobs}/orphan", IsFinished);

        await client.SendAsync(HttpMethod.Delete, $"{ClusterClient.Jobs}/orphan");
        await client.EventuallyAsync($"{ClusterClient.Jobs}/orphan", b => b.Number("code") == 404);

        var pod = Assert.Single((await client.GetAsync(ClusterClient.Pods)).Body.Objects("items"));
        Assert.Empty(pod.Objects("metadata", "ownerReferences"));
    }

    [Fact]
    public async Task Job_PastItsTimeToLive_IsDeletedWithItsPods()
    {
        await using var client = await ClusterClient.StartAsync();
        var job = JobOf("short", "true");
        job["spec"]!["ttlSecondsAfterFinished"] = 1;

        await client.CreateAsync(ClusterClient.Jobs, job);

        await client.EventuallyAsync($"{ClusterClient.Jobs}/short", b => b.Number("code") == 404);
        await client.EventuallyAsync(ClusterClient.Pods, p => !p.Objects("items").Any());
    }

    [Fact]
    public async Task ManyJobs_RunAtMostSoManyAtOnce()
    {
        await using var client = await ClusterClient.StartAsync();
        using var directory = new Klever.Testing.TemporaryDirectory();
        var script = $"touch {directory.Path}/$HOSTNAME; ls {directory.Path} | wc -l > /dev/termination-log; sleep 0.1; rm {directory.Path}/$HOSTNAME";

        for (var index = 0; index < 20; index++)
        {
            await client.CreateAsync(ClusterClient.Jobs, JobOf($"many-{index}", script));
        }

        await client.EventuallyAsync(ClusterClient.Jobs, j => j.Objects("items").All(IsFinished));
        var seen = (await client.GetAsync(ClusterClient.Pods)).Body.Objects("items").Select(p => int.Parse(Terminated(p).Text("message")!));
        Assert.Equal(20, seen.Count());
        Assert.InRange(seen.Max(), 2, 4);
    }

    [Fact]
    public async Task RestartOfThePlatform_MarksWhatRanAsDisrupted()
    {
        using var data = new Klever.Testing.TemporaryDirectory();
        await using (var first = await ClusterClient.StartAsync(o => o with { DataDirectory = data.Path }))
        {
            var job = JobOf("survivor", $"test -e {data.Combine("again")} || sleep 300");
            job["spec"]!["podFailurePolicy"] = JsonNode.Parse(
                """{"rules":[{"action":"Ignore","onPodConditions":[{"type":"DisruptionTarget","status":"True"}]}]}""");
            job["spec"]!["backoffLimit"] = 0;
            await first.CreateAsync(ClusterClient.Jobs, job);
            await first.EventuallyAsync(ClusterClient.Pods, p => p.Objects("items").Any(i => i.Text("status", "phase") == "Running"));
        }

        data.Write("again", "");
        await using var second = await ClusterClient.StartAsync(o => o with { DataDirectory = data.Path });
        var ended = await second.EventuallyAsync($"{ClusterClient.Jobs}/survivor", IsFinished);

        Assert.Equal("Complete", ended.Objects("status", "conditions").Last().Text("type"));
        var phases = (await second.GetAsync(ClusterClient.Pods)).Body.Objects("items").Select(p => p.Text("status", "phase"));
        Assert.Equal(["Failed", "Succeeded"], phases.Order());
    }

    private static bool IsFinished(JsonNode job) =>
        job.Objects("status", "conditions").Any(c => c.Text("type") is "Complete" or "Failed");

    private static string? Waiting(JsonNode pods) => pods.Objects("items")
        .SelectMany(p => p.Objects("status", "containerStatuses")).Select(s => s.Text("state", "waiting", "reason")).FirstOrDefault();

    private static JsonNode? Terminated(JsonNode pod) => pod.Objects("status", "containerStatuses").Single().At("state", "terminated");

    private static async Task<JsonNode> OnlyPodAsync(ClusterClient client, string job)
    {
        var (_, pods) = await client.GetAsync($"{ClusterClient.Pods}?labelSelector=job-name%3D{job}");
        return Assert.Single(pods.Objects("items"));
    }

    private static JsonObject JobOf(string name, string script) => new()
    {
        ["apiVersion"] = "batch/v1",
        ["kind"] = "Job",
        ["metadata"] = new JsonObject { ["name"] = name },
        ["spec"] = new JsonObject
        {
            ["template"] = new JsonObject
            {
                ["spec"] = new JsonObject { ["restartPolicy"] = "Never", ["containers"] = new JsonArray(Container("main", script)) },
            },
        },
    };

    private static JsonObject Container(string name, string script) => new()
    {
        ["name"] = name,
        ["image"] = "busybox",
        ["command"] = new JsonArray("/bin/sh", "-c", script),
    };

    private static JsonObject Policy(string action, int code) => new()
    {
        ["rules"] = new JsonArray(new JsonObject
        {
            ["action"] = action,
            ["onExitCodes"] = new JsonObject { ["operator"] = "In", ["values"] = new JsonArray(code) },
        }),
    };
}
