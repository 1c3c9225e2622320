namespace Klever.CommandLine.Tests;

/// <summary>Runs the command line inside the test, with its own environment and streams.</summary>
internal sealed class CommandRun
{
    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal) { ["PLAIN_HTTP"] = "true" };

    public string Output { get; private set; } = "";

    public string Error { get; private set; } = "";

    public string Input { get; init; } = "";

    public string this[string variable]
    {
        set => _environment[variable] = value;
    }

    public async Task<int> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        using var input = new StringReader(Input);
        var exitCode = await KleverCommand.RunAsync(
            arguments,
            new CommandContext { Output = output, Error = error, Input = input, Environment = name => _environment.GetValueOrDefault(name) },
            TestContext.Current.CancellationToken);
        (Output, Error) = (output.ToString(), error.ToString());
        return exitCode;
    }
}
