using Klever.Registry;
using Klever.Testing;

namespace Klever.CommandLine.Tests;

/// <summary>A helper program keeps the credential: <c>login</c> hands it over, others ask for it, <c>logout</c> has it forgotten. The
/// helper is found on the PATH of a process, so klever runs as one.</summary>
public sealed class CredentialProgramTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private InProcessRegistry? _registry;

    private string Host => _registry!.Host;

    private string Kept => _directory.Combine("kept");

    public async ValueTask InitializeAsync()
    {
        _registry = await InProcessRegistry.StartAsync(
            new InProcessRegistryOptions { Access = RegistryAccess.Basic("ada", "lovelace") }, TestContext.Current.CancellationToken);
        _directory.Write("bin/docker-credential-fake", $$"""
            #!/bin/sh
            case $1 in
                store) cat > {{Kept}} ;;
                get) read -r host; grep -q "\"ServerURL\":\"$host\"" {{Kept}} 2>/dev/null && cat {{Kept}} || { echo "credentials not found"; exit 1; } ;;
                erase) rm {{Kept}} ;;
            esac
            """);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_directory.Combine("bin/docker-credential-fake"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _registry!.DisposeAsync();
        _directory.Dispose();
    }

    [Theory]
    [InlineData("""{"credsStore":"fake"}""")]
    [InlineData("""{"credHelpers":{"HOST":"fake"},"credsStore":"klever-absent"}""")]
    public async Task Login_WithAHelper_LeavesTheCredentialToIt(string config)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the fake helper is a shell script");
        var written = config.Replace("HOST", Host, StringComparison.Ordinal);
        _directory.Write("config.json", written);

        var login = await RunAsync("login", Host, "-u", "ada", "-p", "lovelace", "--plain-http");

        Assert.True(login.ExitCode == 0, login.Error);
        Assert.Equal(written, File.ReadAllText(_directory.Combine("config.json")));
        Assert.Equal(11, (await RunAsync("pull", $"{Host}/release/absent:v1", "--plain-http")).ExitCode);
        Assert.Equal($"logged out of {Host}\n", (await RunAsync("logout", Host)).Output);
        Assert.False(File.Exists(Kept));
        Assert.Equal(10, (await RunAsync("pull", $"{Host}/release/absent:v1", "--plain-http")).ExitCode);
    }

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var environment = new Dictionary<string, string>
        {
            ["PATH"] = $"{_directory.Combine("bin")}:{Environment.GetEnvironmentVariable("PATH")}",
            ["DOCKER_CONFIG"] = _directory.Path,
            ["ORMB_HOME"] = _directory.Combine("home"),
        };
        var (exitCode, output, error, _) = await KleverProcess.RunAsync(environment, arguments);
        return (exitCode, output, error);
    }
}
