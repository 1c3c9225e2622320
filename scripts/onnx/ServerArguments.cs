using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Klever.OnnxServer;

/// <summary>The arguments of Triton that mean something here; the others of a pod are heard and passed over.</summary>
internal sealed record ServerArguments
{
    /// <summary>What a pod of Triton runs; the first argument may be it.</summary>
    private const string Triton = "tritonserver";

    public required string Repository { get; init; }

    public IPAddress Address { get; init; } = IPAddress.Loopback;

    public int Port { get; init; } = 8000;

    public static bool TryParse(
        IReadOnlyList<string> args, [NotNullWhen(true)] out ServerArguments? arguments, [NotNullWhen(false)] out string? problem)
    {
        var values = args.SkipWhile(a => a == Triton).Select(a => a.Split('=', 2)).ToList();
        string? Value(string name) => values.LastOrDefault(v => v[0] == name) is [_, var value] ? value : null;
        arguments = null;
        problem = Value("--model-repository") is not { Length: > 0 } ? "--model-repository=DIR is missing."
            : Value("--http-port") is { } port && (!ushort.TryParse(port, out var number) || number == 0)
                ? $"--http-port={port} is no port."
            : Value("--http-address") is { } address && !IPAddress.TryParse(address, out _) ? $"--http-address={address} is no address."
            : null;
        if (problem is not null)
        {
            return false;
        }

        arguments = new ServerArguments { Repository = Value("--model-repository")! };
        arguments = arguments with
        {
            Port = Value("--http-port") is { } given ? ushort.Parse(given) : arguments.Port,
            Address = Value("--http-address") is { } host ? IPAddress.Parse(host) : arguments.Address,
        };
        return true;
    }
}
