using System.Diagnostics;
using System.Text.Json.Nodes;
using Klever.Testing;

namespace Klever.CommandLine.Tests;

public class CompletionTests
{
    [Theory]
    [InlineData("jobs ", 5, "logs")]
    [InlineData("jobs l", 6, "list")]
    [InlineData("push --com", 10, "--compression")]
    [InlineData("completion ", 11, "fish")]
    public async Task Suggest_AtThePlace_NamesWhatFits(string line, int place, string word)
    {
        var klever = new CommandRun { ["HOME"] = "/nowhere" };

        Assert.Equal(0, await klever.RunAsync($"[suggest:{place}]", line));
        Assert.Contains(word, klever.Output.Split('\n'));
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("powershell")]
    public async Task Completion_OfAShell_WritesItsScript(string shell)
    {
        var klever = new CommandRun { ["HOME"] = "/nowhere" };

        Assert.Equal(0, await klever.RunAsync("completion", shell));
        Assert.Contains("[suggest:", klever.Output, StringComparison.Ordinal);
        Assert.Equal(1, await klever.RunAsync("completion", "cmd"));
    }

    [Fact]
    public async Task Completion_InBash_CompletesForReal()
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "there is no bash on this machine");
        using var directory = new TemporaryDirectory();
        directory.Write("complete.sh", """
            PATH=$1:$PATH
            source <(klever completion bash)
            COMP_LINE='klever jobs re' COMP_POINT=14 COMP_WORDS=(klever jobs re) COMP_CWORD=2
            _klever
            echo "${COMPREPLY[@]}"
            """);
        var start = new ProcessStartInfo("/bin/bash", [directory.Combine("complete.sh"), AppContext.BaseDirectory]) { RedirectStandardOutput = true };

        using var bash = Process.Start(start)!;

        Assert.Equal("retry\n", await bash.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Version_IsOneLine_OrADocument()
    {
        var klever = new CommandRun { ["HOME"] = "/nowhere" };

        Assert.Equal(0, await klever.RunAsync("version"));
        Assert.Matches(@"\Aklever \d+\.\d+\.\d+\S*\n\z", klever.Output);
        Assert.Equal(0, await klever.RunAsync("version", "-o", "json"));
        Assert.NotNull((string?)JsonNode.Parse(klever.Output)!["version"]);
    }
}
