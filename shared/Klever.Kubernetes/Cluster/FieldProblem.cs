namespace Klever.Kubernetes.Cluster;

/// <summary>A field of an object and what is wrong with it.</summary>
/// <param name="Field">A path such as <c>spec.predictors[0].graph.name</c>.</param>
/// <param name="Message">What is wrong and what would be right.</param>
public sealed record FieldProblem(string Field, string Message)
{
    public override string ToString() => $"{Field}: {Message}";
}
