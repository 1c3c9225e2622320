using Spectre.Console;

namespace Klever.CommandLine.Output;

/// <summary>Shows how a transfer goes: a bar for a person, one line at the end for a log.</summary>
internal static class TransferProgress
{
    public static async Task RunAsync(CommandContext context, string title, long total, Func<IProgress<long>, Task> transfer)
    {
        if (!context.IsInteractive || context.LogLevel < CommandContext.Information)
        {
            await transfer(Silent.Instance);
            if (context.LogLevel >= CommandContext.Information)
            {
                await context.Error.WriteLineAsync($"{title}: {total} bytes");
            }

            return;
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(context.Error) });
        var columns = new ProgressColumn[]
        {
            new TaskDescriptionColumn(), new ProgressBarColumn(), new DownloadedColumn(), new TransferSpeedColumn(),
        };
        await console.Progress().Columns(columns).StartAsync(async bars =>
        {
            var bar = bars.AddTask(Markup.Escape(title), maxValue: Math.Max(total, 1));
            await transfer(new Bar(bar));
            bar.Value = bar.MaxValue;
        });
    }

    private sealed class Bar(ProgressTask task) : IProgress<long>
    {
        public void Report(long value) => task.Value = value;
    }

    private sealed class Silent : IProgress<long>
    {
        public static readonly Silent Instance = new();

        public void Report(long value)
        {
        }
    }
}
