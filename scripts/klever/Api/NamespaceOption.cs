using System.CommandLine;

namespace Klever.CommandLine.Api;

/// <summary><c>--namespace</c> of the commands that concern the cluster.</summary>
internal sealed class NamespaceOption
{
    private const string Default = "default";

    private readonly CommandContext _context;
    private readonly Option<string?> _namespace = new("--namespace", "-n")
    {
        Description = $"Namespace of the cluster (KLEVER_NAMESPACE, else {Default}).",
        HelpName = "name",
    };

    public NamespaceOption(CommandContext context, Command command)
    {
        _context = context;
        command.Options.Add(_namespace);
    }

    /// <summary>The path of what is in the namespace: <c>namespaces/NS/modeljobs/NAME</c>.</summary>
    public string Path(ParseResult arguments, params ReadOnlySpan<string> parts)
    {
        var path = "namespaces/" + Uri.EscapeDataString(
            arguments.GetValue(_namespace) ?? _context.FirstVariable("KLEVER_NAMESPACE") ?? Default);
        foreach (var part in parts)
        {
            path += "/" + Uri.EscapeDataString(part);
        }

        return path;
    }
}
