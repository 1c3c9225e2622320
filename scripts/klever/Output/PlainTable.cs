using Spectre.Console;

namespace Klever.CommandLine.Output;

/// <summary>A table of text: with lines and colours for a person, columns of plain text for a pipe.</summary>
internal sealed class PlainTable
{
    private const int PipeWidth = 160;

    private readonly Table _table = new() { Border = TableBorder.Simple };

    public PlainTable(string? title, params ReadOnlySpan<string> columns)
    {
        if (title is not null)
        {
            _table.Title = new TableTitle(Markup.Escape(title));
        }

        foreach (var column in columns)
        {
            _table.AddColumn(new TableColumn(Markup.Escape(column)));
        }
    }

    public void Add(params ReadOnlySpan<string> cells)
    {
        var row = new List<Text>(cells.Length);
        foreach (var cell in cells)
        {
            row.Add(new Text(cell));
        }

        _table.AddRow(row);
    }

    public void Write(CommandContext context)
    {
        if (_table.Rows.Count == 0)
        {
            return;
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(context.Output),
            Ansi = context.IsInteractive ? AnsiSupport.Detect : AnsiSupport.No,
            Interactive = context.IsInteractive ? InteractionSupport.Detect : InteractionSupport.No,
        });
        if (!context.IsInteractive)
        {
            console.Profile.Width = PipeWidth;
        }

        console.Write(_table);
    }
}
