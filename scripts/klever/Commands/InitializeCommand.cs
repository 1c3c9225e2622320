using System.CommandLine;
using Klever.CommandLine.Initialization;
using Klever.CommandLine.Initialization.Layouts;
using Klever.CommandLine.Registry;

namespace Klever.CommandLine.Commands;

/// <summary><c>klever initialize REF DST</c>: what the init container of a serving runs.</summary>
internal static class InitializeCommand
{
    private const int LargestBatch = 65_536;

    public static Command Create(CommandContext context)
    {
        var pairs = new Argument<string[]>("ref dst")
        {
            Description = "A reference, best with a digest, and where its model goes; or several such pairs.",
            Arity = ArgumentArity.OneOrMore,
        };
        var layout = new Option<string>("--layout", "-l")
        {
            Description = $"For which server: {string.Join(", ", Layout.All.Select(l => l.Name))}.",
            HelpName = "name",
            DefaultValueFactory = _ => Layout.Plain.Name,
        };
        var name = new Option<string?>("--name")
        {
            Description = "Name of the model in its server; by default the last part of dst.",
        };
        var format = CommonOptions.Format();
        var batch = BatchOption();
        var cpu = new Option<bool>("--cpu") { Description = "The server has no GPU (NVIDIA_VISIBLE_DEVICES=void)." };
        var command = new Command("initialize", "Fetch a model and lay it out for its server: for init containers.")
        {
            pairs, layout, name, format, batch, cpu,
        };
        var registry = new RegistryFlagOptions(context, command);
        command.SetAction((arguments, cancellationToken) => InitializationRun.RunAsync(
            context,
            command.Name,
            arguments.GetValue(pairs)!,
            registry.Read(arguments),
            () => new InitializationOptions
            {
                Layout = Layout.Parse(arguments.GetValue(layout)!),
                Name = arguments.GetValue(name),
                Format = arguments.GetValue(format),
                MaximumBatchSize = arguments.GetValue(batch),
                IsCpuOnly = arguments.GetValue(cpu)
                    || context.FirstVariable("NVIDIA_VISIBLE_DEVICES") is "void" or "none",
                Signature = DeclaredSignature.Read(context),
            },
            cancellationToken));
        return command;
    }

    private static Option<int> BatchOption()
    {
        var batch = new Option<int>("--max-batch-size")
        {
            Description = "Requests that Triton may join; by default none.",
            HelpName = "count",
        };
        batch.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > LargestBatch)
            {
                result.AddError($"--max-batch-size goes from 0 to {LargestBatch}.");
            }
        });
        return batch;
    }
}
