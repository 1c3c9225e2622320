using System.CommandLine;
using Klever.CommandLine.Output;
using Klever.CommandLine.Registry;
using Klever.CommandLine.Store;
using Klever.Models;

namespace Klever.CommandLine.Commands;

/// <summary><c>klever tag SOURCE TARGET</c>: another name for a model on this machine, as a rule before it is pushed there.</summary>
internal static class TagCommand
{
    public static Command Create(CommandContext context)
    {
        var source = new Argument<string>("source") { Description = "A model on this machine." };
        var target = new Argument<string>("target") { Description = "Its new reference." };
        var output = CommonOptions.Output();
        var command = new Command("tag", "Give a model on this machine another reference.") { source, target, output };
        command.SetAction(
            context,
            async (arguments, cancellationToken) =>
            {
                var model = LocalStore.Find(context, ModelLocation.Complete(context, arguments.GetValue(source)!));
                var reference = ModelLocation.Complete(context, arguments.GetValue(target)!);
                await LocalStore.Open(context).SetReferenceAsync(reference.ToString(), model.Descriptor, cancellationToken);
                ObjectView.Write(
                    context,
                    arguments.GetValue(output),
                    ArtifactView.ToJson(reference.ToString(), model),
                    $"tagged {reference}: {model.Digest}");
            },
            JobExitCode.Save);
        return command;
    }
}
