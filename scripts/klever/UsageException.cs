namespace Klever.CommandLine;

/// <summary>Arguments that parse but make no sense together; the message says which would.</summary>
internal sealed class UsageException(string message) : Exception(message);
