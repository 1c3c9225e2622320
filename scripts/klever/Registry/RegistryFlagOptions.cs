using System.CommandLine;

namespace Klever.CommandLine.Registry;

/// <summary>The two options of every command that speaks to a registry.</summary>
internal sealed class RegistryFlagOptions
{
    private readonly CommandContext _context;
    private readonly Option<bool> _plainHttp = new("--plain-http") { Description = "Speak HTTP without TLS (PLAIN_HTTP=true)." };
    private readonly Option<bool> _insecure = new("--insecure") { Description = "Take any certificate; for registries under test." };

    public RegistryFlagOptions(CommandContext context, Command command)
    {
        _context = context;
        command.Options.Add(_plainHttp);
        command.Options.Add(_insecure);
    }

    public RegistryFlags Read(ParseResult arguments) => new(
        arguments.GetValue(_plainHttp) || IsSet("PLAIN_HTTP", "ORMB_PLAIN_HTTP"),
        arguments.GetValue(_insecure) || IsSet("ORMB_INSECURE"));

    private bool IsSet(params ReadOnlySpan<string> names) => _context.FirstVariable(names) is "true" or "True" or "1";
}
