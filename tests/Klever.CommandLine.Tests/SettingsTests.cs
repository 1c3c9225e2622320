using Klever.Testing;

namespace Klever.CommandLine.Tests;

public sealed class SettingsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public async Task Config_SaysWhatTheEnvironmentDoesNot()
    {
        _directory.Write("klever.yaml", "server: 127.0.0.1:9\nplain-http: true\nlog-level: 5\n");
        var klever = new CommandRun { ["HOME"] = _directory.Path };

        Assert.Equal(31, await klever.RunAsync("jobs", "list", "--config", _directory.Combine("klever.yaml")));
        Assert.StartsWith("klever jobs list: http://127.0.0.1:9/ does not answer", klever.Error, StringComparison.Ordinal);
        Assert.Contains("ApiException", klever.Error, StringComparison.Ordinal);
        Assert.Equal(31, await klever.RunAsync("jobs", "list", "--config", _directory.Combine("klever.yaml"), "--log-level", "3"));
        Assert.DoesNotContain("ApiException", klever.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Config_InTheHome_IsReadByItself()
    {
        _directory.Write(".klever/config.yaml", $"rootPath: {_directory.Combine("elsewhere")}\n");
        var klever = new CommandRun { ["HOME"] = _directory.Path };

        Assert.Equal(0, await klever.RunAsync("models"));
        Assert.True(Directory.Exists(_directory.Combine("elsewhere", "cache")));
    }

    [Fact]
    public async Task Config_ThatIsNotThere_IsNamed()
    {
        var klever = new CommandRun();

        Assert.Equal(1, await klever.RunAsync("models", "--config", "/nowhere/config.yaml"));
        Assert.Equal("klever: /nowhere/config.yaml is not there.\n", klever.Error);
    }

    public void Dispose() => _directory.Dispose();
}
