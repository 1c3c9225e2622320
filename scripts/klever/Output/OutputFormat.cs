namespace Klever.CommandLine.Output;

/// <summary>How a command shows what it found.</summary>
internal enum OutputFormat
{
    Table,
    Json,
    Yaml,
}
