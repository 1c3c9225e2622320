using System.Net.Http.Headers;
using System.Text;
using Klever.Testing;

namespace Klever.Functions.Tests.Invoke;

/// <summary>A <c>func invoke</c> command line, and the request that func 1.23 makes of it (cmd/invoke.go, pkg/functions/invoke.go).</summary>
internal sealed class FuncCommand
{
    private readonly Dictionary<string, string> _options = new()
    {
        ["--source"] = "/boson/fn",
        ["--type"] = "boson.fn",
        ["--content-type"] = "application/json",
        ["--data"] = """{"message":"Hello World"}""",
        ["--request-type"] = "POST",
    };

    private readonly List<string> _extensions = [];

    private FuncCommand(IReadOnlyList<string> words)
    {
        Assert.Equal(["func", "invoke"], words.Take(2));
        for (var i = 2; i < words.Count; i += 2)
        {
            if (words[i] == "-e")
            {
                _extensions.Add(words[i + 1]);
            }
            else
            {
                _options[words[i]] = words[i + 1];
            }
        }
    }

    public string Target => _options["-t"];

    public static FuncCommand Parse(string line) => new(line.Split(' '));

    public HttpRequestMessage ToRequest()
    {
        var request = new HttpRequestMessage(new HttpMethod(_options["--request-type"]), new Uri(Target).PathAndQuery);
        var body = _options.TryGetValue("--file", out var file)
            ? File.ReadAllBytes(Path.Combine(SharedFolder.Repository, file))
            : Encoding.UTF8.GetBytes(_options["--data"]);
        var isEvent = _options["-f"] == "cloudevent";
        if (!isEvent || request.Method == HttpMethod.Post)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(_options["--content-type"]);
        }

        request.Headers.Add("User-Agent", "Go-http-client/1.1");
        request.Headers.Add("Accept-Encoding", "gzip");
        foreach (var (name, value) in isEvent ? Attributes() : [])
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    private IEnumerable<(string Name, string Value)> Attributes() =>
    [
        ("Ce-Specversion", "1.0"),
        ("Ce-Id", Guid.NewGuid().ToString()),
        ("Ce-Source", _options["--source"]),
        ("Ce-Type", _options["--type"]),
        ("Ce-Time", DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'")),
        .. _extensions.Select(extension => extension.Split('=', 2)).Select(pair => ($"Ce-{pair[0]}", pair[1])),
    ];
}
