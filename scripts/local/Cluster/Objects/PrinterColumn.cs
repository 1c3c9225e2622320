namespace Klever.Local.Cluster.Objects;

/// <summary>A column of <c>kubectl get</c> (apiextensions/v1 CustomResourceColumnDefinition).</summary>
/// <param name="Name">The heading.</param>
/// <param name="Type">string, integer, number, boolean or date.</param>
/// <param name="JsonPath">A simple JSONPath such as <c>.status.phase</c> or <c>.status.conditions[?(@.type=="Ready")].status</c>.</param>
/// <param name="Priority">Above 0 the column shows only with <c>-o wide</c>.</param>
internal sealed record PrinterColumn(string Name, string Type, string JsonPath, int Priority = 0);
