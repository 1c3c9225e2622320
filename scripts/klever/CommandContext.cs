namespace Klever.CommandLine;

/// <summary>What a command sees of the process that it runs in. Tests give it their own.</summary>
internal sealed record CommandContext
{
    public required TextWriter Output { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>Reads a variable of the environment; null when it is not set.</summary>
    public required Func<string, string?> Environment { get; init; }

    public TextReader Input { get; init; } = TextReader.Null;

    /// <summary>Whether a person watches: progress bars and colours only then.</summary>
    public bool IsInteractive { get; init; }

    public static CommandContext FromProcess() => new()
    {
        Output = Console.Out,
        Error = Console.Error,
        Input = Console.In,
        Environment = System.Environment.GetEnvironmentVariable,
        IsInteractive = !Console.IsOutputRedirected && !Console.IsErrorRedirected,
    };

    /// <summary>The first of these variables that is set and not empty.</summary>
    public string? FirstVariable(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Environment(name) is { Length: > 0 } value)
            {
                return value;
            }
        }

        return null;
    }
}
