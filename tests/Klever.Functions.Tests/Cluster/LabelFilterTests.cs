using Klever.Functions.Cluster;
using Microsoft.AspNetCore.Http;

namespace Klever.Functions.Tests.Cluster;

public class LabelFilterTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("job-name=x", "job-name=x")]
    [InlineData("job-name:x", "job-name=x")]
    [InlineData("job-name=x,seldon-app:y-z", "job-name=x,seldon-app=y-z")]
    [InlineData("batch.kubernetes.io/job-name=x , a=", "batch.kubernetes.io/job-name=x,a=")]
    public void Parse_OfPairs_GivesASelector(string? filterBy, string? selector) =>
        Assert.Equal(selector, LabelFilter.Parse(filterBy));

    [Theory]
    [InlineData("x")]
    [InlineData("a=b,")]
    [InlineData("a!=b")]
    [InlineData("a in (b)")]
    [InlineData("a=b=c")]
    [InlineData("a=b&limit=1")]
    public void Parse_OfAnythingElse_ShowsWhatIsMeant(string filterBy)
    {
        var problem = Assert.Throws<BadHttpRequestException>(() => LabelFilter.Parse(filterBy));

        Assert.StartsWith("filterBy is label pairs such as job-name=x or seldon-app:y", problem.Message, StringComparison.Ordinal);
    }
}
