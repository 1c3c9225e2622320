namespace Klever.Kubernetes.ModelJobs;

/// <summary>A ModelJob that cannot become a Job, however often it is tried.</summary>
/// <param name="field">Where: a path such as <c>spec.env[2].value</c>.</param>
/// <param name="problem">What is wrong there and what would be right.</param>
public sealed class InvalidModelJobException(string field, string problem, Exception? inner = null)
    : Exception($"{field}: {problem}", inner)
{
    public string Field { get; } = field;

    public string Problem { get; } = problem;
}
