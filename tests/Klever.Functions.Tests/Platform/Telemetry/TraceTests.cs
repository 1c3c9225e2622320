using Klever.Kubernetes.ModelJobs;
using Klever.Local.Feed;
using Klever.Models;

namespace Klever.Functions.Tests.Platform.Telemetry;

/// <summary>One trace follows a push through broker, functions and Job.</summary>
[Collection("Platform")]
public sealed class TraceTests(PlatformFixture fixture) : IDisposable
{
    private readonly Models _models = new(fixture.Platform);

    [Fact]
    public async Task Push_FromWebhookToRegistry_IsOneTrace()
    {
        const string Repository = "telemetry/trace";
        await _models.PushAsync(Repository, "v1", ModelFormat.Onnx);
        var modelJob = Assert.Single(await _models.WaitForEndAsync(Repository));
        var job = await _models.Cluster.Jobs.GetAsync(modelJob.Namespace, modelJob.Name, TestContext.Current.CancellationToken);

        var traceParent = TraceParent.Of(modelJob.Metadata)!;
        var trace = traceParent.Split('-')[1];
        string[] expected =
        [
            "harbor-push: POST /webhook", "model-jobs: start ModelJob", "job-completion: follow Job",
            "job-completion: klever extract", "job-completion: PUT",
        ];
        await Models.WaitAsync(
            () => Task.FromResult(Spans(trace).IsSupersetOf(expected)),
            () => $"{string.Join(", ", expected)} in trace {trace}; there are {string.Join(", ", Spans(trace).Order())}");

        Assert.Equal(traceParent, job.Spec.Template.Spec.Containers[0].Env.Single(variable => variable.Name == "TRACEPARENT").Value);
        Assert.Equal(traceParent, TraceParent.Of(job.Metadata));
    }

    [Fact]
    public async Task Reply_OfAFunction_CarriesTheTraceThroughTheBroker()
    {
        const string Repository = "telemetry/reply";
        await _models.PushAsync(Repository, "v1", ModelFormat.Onnx);
        var modelJob = Assert.Single(await _models.WaitForEndAsync(Repository));
        var trace = TraceParent.Of(modelJob.Metadata)!.Split('-')[1];

        await Models.WaitAsync(() => Task.FromResult(Updates().Any()), () => $"an event that says that {Repository} was updated");
        Assert.All(Updates(), update => Assert.Equal(trace, update.Detail["traceparent"]!.ToString().Split('-')[1]));

        IEnumerable<FeedEntry> Updates() => fixture.Platform.Feed.After(0).Where(entry => entry.Kind == "event"
            && entry.Summary.StartsWith("io.kleveross.model.updated.v1", StringComparison.Ordinal) && entry.Summary.Contains(Repository));
    }

    public void Dispose() => _models.Dispose();

    private HashSet<string> Spans(string trace) =>
        [.. fixture.Traces.Spans.Where(span => span.TraceId == trace).Select(span => $"{span.Service}: {span.Name}")];
}
