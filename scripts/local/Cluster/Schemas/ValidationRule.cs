using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Cluster.Schemas;

/// <summary>One CEL rule of a schema (apiextensions/v1 ValidationRule), as far as <see cref="CelExpression"/> understands it.</summary>
public sealed class ValidationRule
{
    private ValidationRule(string text, string? message, CelExpression? expression)
    {
        Text = text;
        Message = message ?? $"failed rule: {text}";
        Expression = expression;
    }

    public string Text { get; }

    public string Message { get; }

    /// <summary>Null when the rule uses more of CEL than is evaluated here; it then always holds.</summary>
    public CelExpression? Expression { get; }

    /// <summary>Whether the rule compares with the former value, and so is asked on updates only.</summary>
    public bool IsTransition => Text.Contains("oldSelf", StringComparison.Ordinal);

    internal static ValidationRule Parse(JsonObject rule)
    {
        var text = rule.Text("rule") ?? "";
        return new ValidationRule(text, rule.Text("message"), CelExpression.TryParse(text, out var expression) ? expression : null);
    }
}
