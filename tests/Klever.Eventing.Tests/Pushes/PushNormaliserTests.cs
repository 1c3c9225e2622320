using System.Text;
using System.Text.Json.Nodes;
using Klever.Eventing.Pushes;
using Klever.Testing;
using Microsoft.AspNetCore.Http;

namespace Klever.Eventing.Tests.Pushes;

/// <summary>Each folder below <c>Cases</c> is a notification (<c>headers.txt</c>, <c>body.json</c>) and what it
/// amounts to.</summary>
public sealed class PushNormaliserTests
{
    private static readonly string CasesPath =
        Path.Combine(SharedFolder.Repository, "tests", "Klever.Eventing.Tests", "Pushes", "Cases");

    public static TheoryData<string> Cases => [.. Directory.GetDirectories(CasesPath).Select(d => Path.GetFileName(d)!).Order()];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Notification_OfCase_IsReadAsExpected(string name)
    {
        var headers = Headers(File.ReadAllLines(Path.Combine(CasesPath, name, "headers.txt")));
        var body = File.ReadAllBytes(Path.Combine(CasesPath, name, "body.json"));

        var reading = ToJson(PushNormaliser.Read(headers["Content-Type"], headers, body));

        var expected = JsonNode.Parse(File.ReadAllText(Path.Combine(CasesPath, name, "expected.json")))!;
        Assert.True(JsonNode.DeepEquals(expected, reading), $"expected {expected.ToJsonString()}\n     got {reading.ToJsonString()}");
    }

    [Theory]
    [InlineData("application/json", "")]
    [InlineData("application/json", "{")]
    [InlineData("application/cloudevents+json", "{}")]
    [InlineData("application/cloudevents+json", """{"specversion":"0.1"}""")]
    [InlineData("application/cloudevents+json", """{"specversion":"1.0","id":"","source":"/a","type":"t"}""")]
    [InlineData("application/cloudevents+json", """{"specversion":"1.0","id":"1","source":"/a","type":"t","time":"yesterday"}""")]
    [InlineData("application/vnd.docker.distribution.events.v1+json", "[]")]
    [InlineData("application/vnd.docker.distribution.events.v1+json", "null")]
    public void Notification_ThatIsNotWhatItSays_IsMalformed(string contentType, string body)
    {
        var reading = PushNormaliser.Read(contentType, new HeaderDictionary(), Encoding.UTF8.GetBytes(body));

        Assert.NotNull(reading.Malformed);
        Assert.Empty(reading.Pushes);
    }

    [Fact]
    public void Notification_OfDeepNesting_IsMalformed()
    {
        var body = Encoding.UTF8.GetBytes(new string('[', 100_000));

        Assert.NotNull(PushNormaliser.Read("application/json", new HeaderDictionary(), body).Malformed);
    }

    [Fact]
    public void Envelope_OfMoreEventsThanTheLimit_IsReadUpToIt()
    {
        var digest = "sha256:" + new string('a', 64);
        var one = $$$"""{"action":"push","target":{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"{{{digest}}}","repository":"m"}}""";
        var body = Encoding.UTF8.GetBytes($$"""{"events":[{{string.Join(',', Enumerable.Repeat(one, 1500))}}]}""");

        var reading = PushNormaliser.Read("application/vnd.docker.distribution.events.v1+json", new HeaderDictionary(), body);

        Assert.Equal(1000, reading.Pushes.Count);
    }

    [Fact]
    public async Task Body_AboveTheLimit_IsRefusedWith413()
    {
        var request = new DefaultHttpContext().Request;
        request.ContentType = "application/json";
        request.Body = new MemoryStream(new byte[2 * 1024 * 1024 + 1]);

        var exception = await Assert.ThrowsAsync<BadHttpRequestException>(
            () => PushNormaliser.ReadAsync(request, TestContext.Current.CancellationToken));

        Assert.Equal(413, exception.StatusCode);
    }

    private static HeaderDictionary Headers(IEnumerable<string> lines)
    {
        var headers = new HeaderDictionary();
        foreach (var line in lines.Where(l => l.Length > 0))
        {
            headers.Append(line[..line.IndexOf(':')], line[(line.IndexOf(':') + 1)..].Trim());
        }

        return headers;
    }

    private static JsonObject ToJson(PushReading reading) => new()
    {
        ["format"] = reading.Format.ToString(),
        ["pushes"] = new JsonArray([.. reading.Pushes.Select(push => new JsonObject
        {
            ["source"] = push.Source,
            ["id"] = push.Id,
            ["repository"] = push.Repository,
            ["digest"] = push.Digest.ToString(),
            ["tag"] = push.Tag,
            ["operator"] = push.Operator,
            ["time"] = push.Time?.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz"),
        })]),
        ["ignored"] = new JsonArray([.. reading.Ignored.Select(i => JsonValue.Create(i))]),
        ["malformed"] = reading.Malformed,
    };
}
