using System.CommandLine;
using Klever.CommandLine.Registry;

namespace Klever.CommandLine.Api;

/// <summary>The options of every command that asks the Klever API.</summary>
internal sealed class ApiOptions
{
    private readonly CommandContext _context;
    private readonly RegistryFlagOptions _flags;
    private readonly Option<string?> _server = new("--server", "-s")
    {
        Description = "Address of the Klever API, such as https://klever.example.com (KLEVER_SERVER).",
        HelpName = "url",
    };

    public ApiOptions(CommandContext context, Command command)
    {
        _context = context;
        command.Options.Add(_server);
        _flags = new RegistryFlagOptions(context, command);
    }

    /// <exception cref="UsageException">No server is named, or it is no address.</exception>
    public KleverApi Open(ParseResult arguments)
    {
        var flags = _flags.Read(arguments);
        var named = arguments.GetValue(_server) ?? _context.FirstVariable("KLEVER_SERVER")
            ?? throw new UsageException("name the Klever API with --server or KLEVER_SERVER.");
        var address = named.Contains("://", StringComparison.Ordinal) ? named : $"{(flags.PlainHttp ? "http" : "https")}://{named}";
        return Uri.TryCreate(address.TrimEnd('/') + "/", UriKind.Absolute, out var server)
            && server is { Scheme: "http" or "https", UserInfo: "", Query: "" }
                ? new KleverApi(server, Credentials.ForServer(_context, server.Authority), flags.Insecure)
                : throw new UsageException($"\"{named}\" is not the address of a server, such as https://klever.example.com.");
    }
}
