namespace Klever.Kubernetes.Serving;

/// <summary>Fills the texts of a server profile.</summary>
internal static class Template
{
    public static string Fill(string text, string name, PredictorPlan plan) => text
        .Replace("{name}", name, StringComparison.Ordinal)
        .Replace("{path}", plan.ModelPath, StringComparison.Ordinal)
        .Replace("{store}", plan.Store, StringComparison.Ordinal);
}
