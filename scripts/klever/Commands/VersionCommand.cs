using System.CommandLine;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Klever.CommandLine.Output;

namespace Klever.CommandLine.Commands;

/// <summary><c>klever version</c>.</summary>
internal static class VersionCommand
{
    public static Command Create(CommandContext context)
    {
        var output = CommonOptions.Output();
        var command = new Command("version", "Show the version of klever.") { output };
        command.SetAction(context, (arguments, _) =>
        {
            var version = typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
            var document = new JsonObject
            {
                ["version"] = version,
                ["runtime"] = RuntimeInformation.FrameworkDescription,
                ["platform"] = RuntimeInformation.RuntimeIdentifier,
            };
            ObjectView.Write(context, arguments.GetValue(output), document, $"klever {version}");
            return Task.CompletedTask;
        });
        return command;
    }
}
