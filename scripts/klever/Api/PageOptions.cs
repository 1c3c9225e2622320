using System.CommandLine;

namespace Klever.CommandLine.Api;

/// <summary><c>--start</c> and <c>--limit</c> of the commands that list.</summary>
internal sealed class PageOptions
{
    private readonly Option<int?> _start = new("--start") { Description = "Items to leave out, from the first.", HelpName = "n" };
    private readonly Option<int?> _limit = new("--limit") { Description = "Items to show at most.", HelpName = "n" };

    public PageOptions(Command command)
    {
        command.Options.Add(_start);
        command.Options.Add(_limit);
    }

    /// <summary>The query, with what else is asked for.</summary>
    public string Query(ParseResult arguments, string? name = null, string? value = null)
    {
        string?[] parts =
        [
            value is null ? null : $"{name}={Uri.EscapeDataString(value)}",
            arguments.GetValue(_start) is { } start ? $"start={start}" : null,
            arguments.GetValue(_limit) is { } limit ? $"limit={limit}" : null,
        ];
        var query = string.Join('&', parts.OfType<string>());
        return query.Length == 0 ? "" : "?" + query;
    }
}
