using Klever.Kubernetes.Cluster;

namespace Klever.Kubernetes.Serving;

/// <summary>A serving that cannot be composed, however often it is asked for. Answered with 422, <c>NameMismatch</c>
/// with 400.</summary>
/// <param name="code">One of <see cref="ServingProblems"/>, for programs.</param>
/// <param name="field">Where in the request: <c>spec.predictors[0].graph.modelUri</c>.</param>
/// <param name="problem">What is wrong there and what would be right.</param>
public sealed class ServingException(string code, string field, string problem) : Exception($"{field}: {problem}")
{
    public string Code { get; } = code;

    public FieldProblem Problem { get; } = new(field, problem);
}
