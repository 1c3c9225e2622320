namespace Klever.Local.Jobs;

/// <summary>What a podFailurePolicy says of a failed pod.</summary>
/// <param name="Action">Ignore, Count or FailJob.</param>
/// <param name="Message">The sentence of the condition when the Job is to fail.</param>
internal sealed record FailureVerdict(string Action, string Message = "");
