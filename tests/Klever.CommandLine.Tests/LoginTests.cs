using Klever.Registry;
using Klever.Testing;

namespace Klever.CommandLine.Tests;

public sealed class LoginTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private InProcessRegistry? _registry;

    private string Host => _registry!.Host;

    private string ConfigPath => _directory.Combine("config.json");

    public async ValueTask InitializeAsync() => _registry = await InProcessRegistry.StartAsync(
        new InProcessRegistryOptions { Access = RegistryAccess.Basic("ada", "lovelace") }, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _registry!.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Login_WithRightPassword_IsRememberedAsDockerDoes()
    {
        _directory.Write("config.json", """{"auths":{"other.example.com":{"auth":"eDp5"}},"detachKeys":"ctrl-e"}""");
        var klever = Klever("lovelace\n");

        Assert.Equal(0, await klever.RunAsync("login", Host, "--username", "ada", "--password-stdin"));
        Assert.Equal($"logged in to {Host} as ada\n", klever.Output);
        Assert.Equal(
            $$"""
            {
              "auths": {
                "other.example.com": {
                  "auth": "eDp5"
                },
                "{{Host}}": {
                  "auth": "YWRhOmxvdmVsYWNl"
                }
              },
              "detachKeys": "ctrl-e"
            }

            """,
            File.ReadAllText(ConfigPath));
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(ConfigPath) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.Equal(11, await Klever().RunAsync("pull", $"{Host}/release/absent:v1"));
    }

    [Fact]
    public async Task Login_WithWrongPassword_IsNotRemembered()
    {
        var klever = Klever("wrong\n");

        Assert.Equal(10, await klever.RunAsync("login", Host, "--username", "ada", "--password-stdin"));
        Assert.False(File.Exists(ConfigPath));
        Assert.Equal(10, await Klever().RunAsync("pull", $"{Host}/release/absent:v1"));
    }

    [Fact]
    public async Task Logout_Forgets()
    {
        await Klever("lovelace\n").RunAsync("login", Host, "--username", "ada", "--password-stdin");

        Assert.Equal(0, await Klever().RunAsync("logout", Host));
        Assert.Equal(10, await Klever().RunAsync("pull", $"{Host}/release/absent:v1"));
    }

    [Fact]
    public async Task Pull_WithCredentialHelperThatIsMissing_NamesIt()
    {
        _directory.Write("config.json", """{"credsStore":"klever-absent"}""");
        var klever = Klever();

        Assert.Equal(1, await klever.RunAsync("pull", $"{Host}/release/absent:v1"));
        Assert.StartsWith(
            "klever pull: docker-credential-klever-absent, which config.json names, cannot be run: ", klever.Error, StringComparison.Ordinal);
    }

    private CommandRun Klever(string input = "") => new() { Input = input, ["DOCKER_CONFIG"] = _directory.Path, ["ORMB_HOME"] = _directory.Path };
}
