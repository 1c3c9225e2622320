using Klever.Kubernetes.ModelJobs;

namespace Klever.Functions.HarborPush;

/// <summary>What a push led to.</summary>
/// <param name="Reason">A phrase for the log.</param>
/// <param name="Created">The ModelJob, when this push created it.</param>
internal sealed record PushDecision(string Reason, ModelJob? Created = null);
