using System.Text;
using Klever.CommandLine.Initialization.Layouts;
using Klever.CommandLine.Initialization.Placement;
using Klever.Models;
using Klever.Testing;

namespace Klever.CommandLine.Tests.Initialization;

public sealed class PublicationTests : IDisposable
{
    private static readonly Digest First = Digest.Of("first"u8);
    private static readonly Digest Second = Digest.Of("second"u8);
    private static readonly LayoutPlan FirstPlan = new(
        [], new PlannedDocument("1/model.pt", "one"), new PlannedDocument("config.pbtxt", "one"));
    private static readonly LayoutPlan SecondPlan = new(
        [], new PlannedDocument("1/model.onnx", "two"), new PlannedDocument("notes/a.txt", "two"));

    private readonly TemporaryDirectory _directory = new();

    public static TheoryData<int> Kills => [.. Enumerable.Range(0, 7)];

    public void Dispose() => _directory.Dispose();

    [Theory]
    [MemberData(nameof(Kills))]
    public void Publish_KilledAfterAnyStep_NeverClaimsToBeWhole_AndIsMendedByTheNext(int steps)
    {
        Publish(First, FirstPlan);

        Assert.Equal(steps, Publish(Second, SecondPlan, steps));

        var marker = Marker.Read(_directory.Path)!;
        if (marker.Model == First)
        {
            Assert.Equal(0, steps);
            Assert.Equal(["1/model.pt=one", "config.pbtxt=one"], Published());
        }
        else if (marker.Model is not null)
        {
            Assert.Equal(["1/model.onnx=two", "notes/a.txt=two"], Published());
        }

        Publish(Second, SecondPlan);
        Assert.Equal(["1/model.onnx=two", "notes/a.txt=two"], Published());
        var mended = Marker.Read(_directory.Path)!;
        Assert.Equal((Second, true), (mended.Model, mended.IsWhole(_directory.Path)));
        Assert.Empty(Directory.EnumerateDirectories(_directory.Path, ".klever-*"));
    }

    [Theory]
    [MemberData(nameof(Kills))]
    public void Publish_KilledAfterAnyStep_MayBeFollowedByAnotherModel(int steps)
    {
        Publish(First, FirstPlan);
        Publish(Second, SecondPlan, steps);

        Publish(First, FirstPlan);

        Assert.Equal(["1/model.pt=one", "config.pbtxt=one"], Published());
    }

    [Fact]
    public void Publish_OverWhatOthersWrote_IsRefusedAndChangesNothing()
    {
        _directory.Write("1/precious", "mine");

        var exception = Assert.Throws<IOException>(() => Publish(First, FirstPlan));

        Assert.Contains("/1 is already there, and klever did not", exception.Message, StringComparison.Ordinal);
        Assert.Equal(["1/precious=mine"], Published());
    }

    [Theory]
    [InlineData("not JSON")]
    [InlineData("[]")]
    [InlineData("""{"model":1,"entries":["a"]}""")]
    [InlineData("""{"entries":[{}]}""")]
    public void Read_OfSomethingElse_IsNoMarker(string content)
    {
        _directory.Write(Marker.FileName, content);

        Assert.Null(Marker.Read(_directory.Path));
    }

    [Fact]
    public void Read_OfEntriesElsewhere_LeavesThemOut()
    {
        _directory.Write(Marker.FileName, """{"entries":["..","/etc","a/b",".klever-x","1",""]}""");

        Assert.Equal(["1"], Marker.Read(_directory.Path)!.Entries);
    }

    // As many steps as are asked for, and then nothing more: what a killed process leaves.
    private int Publish(Digest model, LayoutPlan plan, int steps = int.MaxValue)
    {
        var staging = Staging.Create(_directory.Path);
        staging.Arrange(plan);
        var next = new Marker(model, "settings", plan.Entries);
        var publication = new Publication(_directory.Path, staging, Marker.Read(_directory.Path), next);
        return publication.Steps().Take(steps).Count();
    }

    private IEnumerable<string> Published() =>
        Directory.EnumerateFiles(_directory.Path, "*", SearchOption.AllDirectories)
            .Select(f => $"{Path.GetRelativePath(_directory.Path, f)}={File.ReadAllText(f, Encoding.UTF8)}")
            .Where(f => !f.StartsWith(".klever", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
}
