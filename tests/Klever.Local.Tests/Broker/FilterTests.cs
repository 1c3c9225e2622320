using CloudNative.CloudEvents;
using Klever.Local.Broker.Definitions;
using Klever.Local.Yaml;

namespace Klever.Local.Tests.Broker;

public sealed class FilterTests
{
    [Theory]
    [InlineData("{filter: {attributes: {type: a.b, kind: Job}}}", true)]
    [InlineData("{filter: {attributes: {type: a.b, kind: Pod}}}", false)]
    [InlineData("{filter: {attributes: {kind: ''}}}", true)]
    [InlineData("{filter: {attributes: {missing: ''}}}", false)]
    [InlineData("{}", true)]
    [InlineData("{filters: [{exact: {type: a.b}}]}", true)]
    [InlineData("{filters: [{exact: {type: a}}]}", false)]
    [InlineData("{filters: [{prefix: {type: 'a.'}}, {suffix: {type: '.b'}}]}", true)]
    [InlineData("{filters: [{any: [{exact: {type: x}}, {exact: {kind: Job}}]}]}", true)]
    [InlineData("{filters: [{all: [{exact: {type: a.b}}, {exact: {kind: Pod}}]}]}", false)]
    [InlineData("{filters: [{not: {exact: {kind: Pod}}}]}", true)]
    [InlineData("{filter: {attributes: {type: x}}, filters: [{exact: {type: a.b}}]}", true)]
    public void Filter_TakesWhatKnativeWouldTake(string spec, bool expected)
    {
        var cloudEvent = new CloudEvent { Id = "1", Type = "a.b", Source = new Uri("/s", UriKind.Relative) };
        cloudEvent["kind"] = "Job";

        var filter = EventFilter.Read(YamlDocuments.Parse(spec)[0]);

        Assert.Equal(expected, filter.Matches(cloudEvent));
    }

    [Theory]
    [InlineData("*/5 * * * *", "2026-01-01T00:05:00Z", true)]
    [InlineData("*/5 * * * *", "2026-01-01T00:06:00Z", false)]
    [InlineData("0 3 * * 1-5", "2026-01-02T03:00:00Z", true)]
    [InlineData("0 3 * * 1-5", "2026-01-03T03:00:00Z", false)]
    [InlineData("1,2 * 1 * *", "2026-01-01T10:02:00Z", true)]
    public void Schedule_IncludesItsMinutes(string schedule, string time, bool expected)
    {
        Assert.Equal(expected, CronSchedule.Parse(schedule).Includes(DateTimeOffset.Parse(time)));
    }

    [Theory]
    [InlineData("* * * *")]
    [InlineData("60 * * * *")]
    [InlineData("*/0 * * * *")]
    [InlineData("x * * * *")]
    public void Schedule_ThatIsNone_IsRefused(string schedule)
    {
        Assert.Throws<FormatException>(() => CronSchedule.Parse(schedule));
    }

    [Theory]
    [InlineData("{retry: 3, backoffPolicy: exponential, backoffDelay: PT0.5S}", 2, 2.0)]
    [InlineData("{retry: 3, backoffPolicy: linear, backoffDelay: PT0.5S}", 2, 1.5)]
    [InlineData("{retry: 3}", 2, 0.0)]
    public void Pause_GrowsByThePolicy(string delivery, int retry, double seconds)
    {
        var policy = DeliveryPolicy.Read(YamlDocuments.Parse(delivery)[0], "default")!;

        Assert.Equal(TimeSpan.FromSeconds(seconds), policy.Pause(retry));
    }
}
