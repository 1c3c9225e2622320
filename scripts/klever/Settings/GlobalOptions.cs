using System.CommandLine;
using System.Globalization;

namespace Klever.CommandLine.Settings;

/// <summary>The options of every command, and the context in which they count: an option goes before the environment, the
/// environment before the file of settings.</summary>
internal sealed class GlobalOptions
{
    private readonly Option<string?> _config = new("--config")
    {
        Description = "File of settings (default: config.yaml in klever's home).",
        HelpName = "file",
        Recursive = true,
    };

    private readonly Option<int?> _logLevel = new("--log-level")
    {
        Description = "How much to say on standard error: 3 errors, 4 also transfers, 5 also what led to an error (ORMB_LOG_LEVEL).",
        HelpName = "0-6",
        Recursive = true,
    };

    private SettingsFile _settings = new();
    private string? _level;

    public void AddTo(RootCommand root)
    {
        root.Options.Add(_config);
        root.Options.Add(_logLevel);
    }

    public CommandContext Over(CommandContext context) => context with
    {
        Environment = name => name == CommandContext.LogLevelVariable && _level is not null
            ? _level
            : context.Environment(name) is { Length: > 0 } value ? value : _settings.Find(name),
    };

    /// <exception cref="UsageException">The file that is named cannot be read.</exception>
    public void Read(ParseResult arguments, CommandContext context)
    {
        if (arguments.Errors.Count == 0)
        {
            _level = arguments.GetValue(_logLevel)?.ToString(CultureInfo.InvariantCulture);
            _settings = SettingsFile.Load(arguments.GetValue(_config), Store.LocalStore.Home(context));
        }
    }
}
