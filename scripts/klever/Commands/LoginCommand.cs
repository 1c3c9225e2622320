using System.CommandLine;
using Klever.CommandLine.Registry;
using Klever.Models;
using Klever.Oci;

namespace Klever.CommandLine.Commands;

/// <summary><c>klever login HOST</c>: tries a credential and keeps it where Docker does.</summary>
internal static class LoginCommand
{
    public static Command Create(CommandContext context)
    {
        var host = new Argument<string>("host") { Description = "The registry: host, and port where needed." };
        var username = new Option<string?>("--username", "-u") { Description = "The user or robot account (ORMB_USERNAME)." };
        var fromInput = new Option<bool>("--password-stdin") { Description = "Read the password from standard input (else ORMB_PASSWORD)." };
        var command = new Command("login", "Try a credential for a registry and keep it.") { host, username, fromInput };
        var registry = new RegistryFlagOptions(context, command);
        command.SetAction(
            context,
            async (arguments, cancellationToken) =>
            {
                var credential = new RegistryCredential(
                    arguments.GetValue(username) ?? context.FirstVariable("ORMB_USERNAME")
                        ?? throw new UsageException("name the user with --username."),
                    arguments.GetValue(fromInput)
                        ? (await context.Input.ReadLineAsync(cancellationToken) ?? "")
                        : context.FirstVariable("ORMB_PASSWORD")
                            ?? throw new UsageException("give the password with --password-stdin; as an argument everybody would see it."));
                var name = arguments.GetValue(host)!;
                var flags = registry.Read(arguments);
                using var client = new RegistryClient(
                    RegistryOptions.ForHost(name, flags.PlainHttp, credential) with { InsecureTls = flags.Insecure });
                await client.PingAsync(cancellationToken);
                DockerConfig.Load(context).Save(name, credential);
                await context.Output.WriteLineAsync($"logged in to {name} as {credential.Username}");
            },
            JobExitCode.Login);
        return command;
    }
}
