using System.Net;
using System.Text;
using System.Web;
using Klever.Oci.Harbor;

namespace Klever.Oci.Tests.Harbor;

/// <summary>Harbor sends the config of each artifact along with a listing, however large it is; pages may be too large to be taken.</summary>
public sealed class LargeListingTests
{
    private const int MiB = 1024 * 1024;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task List_WithPagesThatAreTooLarge_AsksForSmallerOnes()
    {
        var harbor = new Listing([.. Enumerable.Repeat(2 * MiB, 40)]);

        var (found, passedOver) = await ListAsync(harbor);

        Assert.Equal(Enumerable.Range(0, 40).Select(i => $"v{i}"), found);
        Assert.Empty(passedOver);
        Assert.Equal(["1/100", "1/10", "2/10", "3/10", "4/10"], harbor.Pages);
    }

    [Fact]
    public async Task List_BesideAnArtifactThatIsTooLargeAlone_HasAllOthersAndSaysWhichIsLeftOut()
    {
        var sizes = Enumerable.Repeat(10, 230).ToArray();
        sizes[113] = HarborLimits.MaximumAnswerBytes;
        var harbor = new Listing(sizes);

        var (found, passedOver) = await ListAsync(harbor);

        Assert.Equal(Enumerable.Range(0, 230).Where(i => i != 113).Select(i => $"v{i}"), found);
        Assert.StartsWith("artifact 114 of team/bert, newest first, ", Assert.Single(passedOver));
        Assert.Equal(["1/100", "2/100", "11/10", "12/10", .. Enumerable.Range(111, 10).Select(page => $"{page}/1"), "13/10"], harbor.Pages.Take(15));
        Assert.Equal("3/100", harbor.Pages[^1]);
    }

    [Fact]
    public async Task List_WithMoreLargeArtifactsThanArePassedOver_EndsThereAndSaysSo()
    {
        var harbor = new Listing([.. Enumerable.Repeat(HarborLimits.MaximumAnswerBytes, 300), 10]) { SaysLength = true };

        var (found, passedOver) = await ListAsync(harbor);

        Assert.Empty(found);
        Assert.Equal(HarborLimits.MaximumPassedOver + 1, passedOver.Count);
        Assert.StartsWith($"what follows artifact {HarborLimits.MaximumPassedOver} of team/bert ", passedOver[^1]);
    }

    [Fact]
    public async Task Find_OfAnArtifactThatIsTooLarge_SaysWhatToDo()
    {
        using var client = Client(new Listing([HarborLimits.MaximumAnswerBytes]) { SaysLength = true });

        var exception = await Assert.ThrowsAsync<HarborException>(() => client.FindArtifactAsync("team/bert", "v1", Stop));

        Assert.True(exception.IsTooLarge);
        Assert.False(exception.IsTransient);
        Assert.Contains("push the model with a smaller description", exception.Message);
    }

    private static HarborClient Client(Listing harbor) =>
        new(new RegistryOptions { Address = new Uri("https://hub.example.com") }, harbor);

    private static async Task<(List<string> Found, List<string> PassedOver)> ListAsync(Listing harbor)
    {
        using var client = Client(harbor);
        var passedOver = new List<string>();
        var artifacts = client.ListArtifactsAsync("team/bert", passedOver: passedOver.Add, cancellationToken: Stop);
        return (await artifacts.Select(artifact => artifact.Tags[0]).ToListAsync(Stop), passedOver);
    }

    /// <summary>Artifacts with configs of these sizes.</summary>
    private sealed class Listing(int[] sizes) : HttpMessageHandler
    {
        public List<string> Pages { get; } = [];

        /// <summary>Whether a length is announced; Harbor sends what is long in chunks.</summary>
        public bool SaysLength { get; init; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var query = HttpUtility.ParseQueryString(request.RequestUri!.Query);
            var (page, size) = (int.Parse(query["page"] ?? "1"), int.Parse(query["page_size"] ?? "100"));
            Pages.Add($"{page}/{size}");
            var answer = new HttpResponseMessage(HttpStatusCode.OK) { Content = new Page(sizes, (page - 1) * size, size, SaysLength) };
            answer.Headers.Add("X-Total-Count", $"{sizes.Length}");
            return Task.FromResult(answer);
        }
    }

    private sealed class Page(int[] sizes, int first, int count, bool saysLength) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var digest = $"sha256:{new string('a', 64)}";
            await stream.WriteAsync("["u8.ToArray());
            for (var i = first; i < Math.Min(first + count, sizes.Length); i++)
            {
                var artifact = $$$"""{"digest":"{{{digest}}}","tags":[{"name":"v{{{i}}}"}],"extra_attrs":{"description":"{{{new string('x', sizes[i])}}}"} }""";
                await stream.WriteAsync(Encoding.UTF8.GetBytes(i > first ? $",{artifact}" : artifact));
            }

            await stream.WriteAsync("]"u8.ToArray());
        }

        protected override bool TryComputeLength(out long length)
        {
            length = sizes.Skip(first).Take(count).Sum(size => size + 200L);
            return saysLength;
        }
    }
}
