using System.CommandLine;
using System.Text.Json.Nodes;
using Klever.CommandLine.Output;
using Klever.CommandLine.Registry;

namespace Klever.CommandLine.Commands;

/// <summary><c>klever logout HOST</c>: forgets what <c>login</c> kept.</summary>
internal static class LogoutCommand
{
    public static Command Create(CommandContext context)
    {
        var output = CommonOptions.Output();
        var host = new Argument<string>("host") { Description = "The registry: host, and port where needed." };
        var command = new Command("logout", "Forget the credential for a registry.") { host, output };
        command.SetAction(context, (arguments, _) =>
        {
            var name = arguments.GetValue(host)!;
            var removed = DockerConfig.Load(context).Remove(name);
            ObjectView.Write(
                context,
                arguments.GetValue(output),
                new JsonObject { ["registry"] = name, ["removed"] = removed },
                removed ? $"logged out of {name}" : $"there was no credential for {name}");
            return Task.CompletedTask;
        });
        return command;
    }
}
