namespace Klever.Functions.ProjectSetup;

/// <summary>What became of one part of a setup.</summary>
/// <param name="Name">The part: <c>project</c>, <c>robot klever-pull</c>, <c>webhook</c>.</param>
/// <param name="Detail">What there is now, or why not; never a secret.</param>
/// <param name="Todo">What somebody with more rights has to do; null when nothing is left.</param>
internal sealed record SetupStep(string Name, SetupOutcome Outcome, string Detail, string? Todo = null);
