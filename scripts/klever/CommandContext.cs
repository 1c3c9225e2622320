namespace Klever.CommandLine;

/// <summary>What a command sees of the process that it runs in. Tests give it their own.</summary>
internal sealed record CommandContext
{
    public const string LogLevelVariable = "ORMB_LOG_LEVEL";

    /// <summary>The level that also says what is being transferred.</summary>
    public const int Information = 4;

    /// <summary>The level that also says what led to an error.</summary>
    public const int Debug = 5;

    public required TextWriter Output { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>Reads a variable of the environment; null when it is not set.</summary>
    public required Func<string, string?> Environment { get; init; }

    public TextReader Input { get; init; } = TextReader.Null;

    /// <summary>Asks a person for a secret, which is not shown; null when nobody is there.</summary>
    public Func<string, string?>? AskSecret { get; init; }

    /// <summary>Whether a person watches: progress bars and colours only then.</summary>
    public bool IsInteractive { get; init; }

    /// <summary>How much to say on standard error, counted as ORMB does: <see cref="Information"/> when nothing is set.</summary>
    public int LogLevel => int.TryParse(FirstVariable(LogLevelVariable), out var level) ? level : Information;

    public static CommandContext FromProcess() => new()
    {
        Output = Console.Out,
        Error = Console.Error,
        Input = Console.In,
        Environment = System.Environment.GetEnvironmentVariable,
        AskSecret = Console.IsInputRedirected ? null : SecretPrompt.Ask,
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
