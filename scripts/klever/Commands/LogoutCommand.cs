using System.CommandLine;
using Klever.CommandLine.Registry;

namespace Klever.CommandLine.Commands;

/// <summary><c>klever logout HOST</c>: forgets what <c>login</c> kept.</summary>
internal static class LogoutCommand
{
    public static Command Create(CommandContext context)
    {
        var host = new Argument<string>("host") { Description = "The registry: host, and port where needed." };
        var command = new Command("logout", "Forget the credential for a registry.") { host };
        command.SetAction(context, async (arguments, _) =>
        {
            var name = arguments.GetValue(host)!;
            var removed = DockerConfig.Load(context).Remove(name);
            await context.Output.WriteLineAsync(removed ? $"logged out of {name}" : $"there was no credential for {name}");
        });
        return command;
    }
}
