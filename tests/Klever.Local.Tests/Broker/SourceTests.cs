using System.Net;
using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;
using Klever.Local.Tests.Cluster;

namespace Klever.Local.Tests.Broker;

public sealed class SourceTests
{
    private const string Yaml =
        """
        apiVersion: eventing.knative.dev/v1
        kind: Broker
        metadata: {name: default}
        ---
        apiVersion: sources.knative.dev/v1
        kind: ApiServerSource
        metadata: {name: jobs}
        spec:
          mode: Resource
          resources:
            - apiVersion: batch/v1
              kind: Job
              selector: {matchLabels: {app.kubernetes.io/managed-by: klever}}
          sink: {ref: {apiVersion: eventing.knative.dev/v1, kind: Broker, name: default}}
        ---
        apiVersion: sources.knative.dev/v1
        kind: PingSource
        metadata: {name: sweep}
        spec:
          schedule: "*/5 * * * *"
          contentType: application/json
          data: '{"a":1}'
          sink: {ref: {apiVersion: eventing.knative.dev/v1, kind: Broker, name: default}}
        ---
        apiVersion: eventing.knative.dev/v1
        kind: Trigger
        metadata: {name: all}
        spec:
          broker: default
          subscriber: {ref: {apiVersion: serving.knative.dev/v1, kind: Service, name: all}}
        """;

    [Fact]
    public async Task ChangesOfSelectedObjects_BecomeEventsWithTheAttributesOfKnative()
    {
        await using var all = await RecordingSubscriber.StartAsync();
        await using var test = await EventingTest.StartAsync(Yaml, ("all", all));

        await test.Cluster.CreateAsync(ClusterClient.Jobs, Job("other", managed: false));
        await test.Cluster.CreateAsync(ClusterClient.Jobs, Job("one", managed: true));

        var added = await all.WaitForAsync("dev.knative.apiserver.resource.add");
        Assert.Equal("/apis/batch/v1/namespaces/default/jobs/one", added.Attribute("subject"));
        Assert.Equal("Job", added.Attribute("kind"));
        Assert.Equal("batch/v1", added.Attribute("apiversion"));
        Assert.Equal("one", added.Attribute("name"));
        Assert.Equal("default", added.Attribute("namespace"));
        Assert.Equal("one", JsonNode.Parse(added.Body).Text("metadata", "name"));
        Assert.All(all.Received, r => Assert.Equal("one", r.Attribute("name")));
    }

    [Fact]
    public async Task EndOfAJob_ArrivesAsAnUpdate()
    {
        await using var all = await RecordingSubscriber.StartAsync();
        await using var test = await EventingTest.StartAsync(Yaml, ("all", all));

        await test.Cluster.CreateAsync(ClusterClient.Jobs, Job("one", managed: true));
        await test.Cluster.EventuallyAsync(
            $"{ClusterClient.Jobs}/one", j => j.Objects("status", "conditions").Any(c => c.Text("type") == "Complete"));

        var deadline = DateTime.UtcNow.AddSeconds(10);
        while (!all.Received.Any(r => r.Attribute("type") == "dev.knative.apiserver.resource.update" && r.Body.Contains("\"Complete\"")))
        {
            Assert.True(DateTime.UtcNow < deadline, "no update with the condition Complete came");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task Ping_ByHand_SendsTheEventOfTheSource()
    {
        await using var all = await RecordingSubscriber.StartAsync();
        await using var test = await EventingTest.StartAsync(Yaml, ("all", all));

        Assert.Equal(HttpStatusCode.Accepted, await test.PostAsync("/local/ping/sweep"));
        Assert.Equal(HttpStatusCode.NotFound, await test.PostAsync("/local/ping/other"));

        var ping = (await all.WaitForAsync(1))[0];
        Assert.Equal("dev.knative.sources.ping", ping.Attribute("type"));
        Assert.Equal("""{"a":1}""", ping.Body);
    }

    [Fact]
    public async Task Source_InAnotherNamespace_TellsTheBrokerThatItsSinkNames()
    {
        const string Source =
            """
            ---
            apiVersion: sources.knative.dev/v1
            kind: ApiServerSource
            metadata: {name: jobs, namespace: kube-system}
            spec:
              mode: Resource
              resources: [{apiVersion: batch/v1, kind: Job}]
              sink: {ref: {apiVersion: eventing.knative.dev/v1, kind: Broker, name: default, namespace: klever}}
            """;
        await using var all = await RecordingSubscriber.StartAsync();
        await using var test = await EventingTest.StartAsync($"{Yaml}\n{Source}", ("all", all));

        await test.Cluster.CreateAsync("/apis/batch/v1/namespaces/kube-system/jobs", Job("there", managed: false));

        var added = await all.WaitForAsync("dev.knative.apiserver.resource.add");
        Assert.Equal("/apis/batch/v1/namespaces/kube-system/jobs/there", added.Attribute("subject"));
        Assert.Equal("kube-system", added.Attribute("namespace"));
    }

    [Fact]
    public async Task Source_WhoseSinkNamesNoBroker_IsRefusedByName()
    {
        var elsewhere = Yaml.Replace("metadata: {name: jobs}", "metadata: {name: jobs, namespace: team-a}", StringComparison.Ordinal);

        var refusal = await Assert.ThrowsAsync<FormatException>(() => EventingTest.StartAsync(elsewhere));

        Assert.Equal("ApiServerSource team-a/jobs: there is no broker team-a/default; there are default/default.", refusal.Message);
    }

    private static JsonObject Job(string name, bool managed)
    {
        var job = (JsonObject)JsonNode.Parse(
            """
            {"apiVersion":"batch/v1","kind":"Job","spec":{"template":{"spec":{"restartPolicy":"Never",
             "containers":[{"name":"main","image":"busybox","command":["true"]}]}}}}
            """)!;
        job["metadata"] = new JsonObject { ["name"] = name };
        if (managed)
        {
            job["metadata"]!["labels"] = new JsonObject { ["app.kubernetes.io/managed-by"] = "klever" };
        }

        return job;
    }
}
