namespace Klever.CommandLine.Api;

/// <summary>The ModelJob that was waited for has failed; the message is that of its status.</summary>
internal sealed class JobFailedException(string name, string message) : Exception($"ModelJob {name} failed: {message}");
