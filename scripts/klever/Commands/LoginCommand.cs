using System.CommandLine;
using System.Text.Json.Nodes;
using Klever.CommandLine.Output;
using Klever.CommandLine.Registry;
using Klever.Models;
using Klever.Oci;

namespace Klever.CommandLine.Commands;

/// <summary><c>klever login HOST</c>: tries a credential and keeps it where Docker does.</summary>
internal static class LoginCommand
{
    public static Command Create(CommandContext context)
    {
        var output = CommonOptions.Output();
        var host = new Argument<string>("host") { Description = "The registry: host, and port where needed." };
        var username = new Option<string?>("--username", "-u") { Description = "The user or robot account (ORMB_USERNAME)." };
        var password = new Option<string?>("--password", "-p") { Description = "The password; others on this machine may see it here." };
        var fromInput = new Option<bool>("--password-stdin") { Description = "Read the password from standard input (else ORMB_PASSWORD)." };
        var command = new Command("login", "Try a credential for a registry and keep it.")
        {
            host, username, password, fromInput, output,
        };
        var registry = new RegistryFlagOptions(context, command);
        command.SetAction(
            context,
            async (arguments, cancellationToken) =>
            {
                var credential = new RegistryCredential(
                    await UsernameAsync(context, arguments.GetValue(username), cancellationToken),
                    await PasswordAsync(context, arguments.GetValue(password), arguments.GetValue(fromInput), cancellationToken));
                var name = arguments.GetValue(host)!;
                var flags = registry.Read(arguments);
                using var client = new RegistryClient(
                    RegistryOptions.ForHost(name, flags.PlainHttp, credential) with { InsecureTls = flags.Insecure });
                await client.PingAsync(cancellationToken);
                DockerConfig.Load(context).Save(name, credential);
                ObjectView.Write(
                    context,
                    arguments.GetValue(output),
                    new JsonObject { ["registry"] = name, ["username"] = credential.Username },
                    $"logged in to {name} as {credential.Username}");
            },
            JobExitCode.Login);
        return command;
    }

    private static async Task<string> UsernameAsync(CommandContext context, string? given, CancellationToken cancellationToken)
    {
        if (given is null && context.FirstVariable("ORMB_USERNAME") is null && context.AskSecret is not null)
        {
            await context.Error.WriteAsync("Username: ");
            given = await context.Input.ReadLineAsync(cancellationToken);
        }

        return given is { Length: > 0 } ? given
            : context.FirstVariable("ORMB_USERNAME") ?? throw new UsageException("name the user with --username.");
    }

    private static async Task<string> PasswordAsync(
        CommandContext context, string? given, bool fromInput, CancellationToken cancellationToken)
    {
        if (given is not null)
        {
            await context.Error.WriteLineAsync("klever login: a password as an argument can be seen by others; --password-stdin is safe.");
            return given;
        }

        return fromInput
            ? await context.Input.ReadLineAsync(cancellationToken) ?? ""
            : context.FirstVariable("ORMB_PASSWORD") ?? context.AskSecret?.Invoke("Password: ")
                ?? throw new UsageException("give the password with --password-stdin.");
    }
}
