using Klever.Kubernetes.Jobs;
using Klever.Kubernetes.ModelJobs;
using Klever.Models;

namespace Klever.Functions.ModelJobs;

/// <summary>What a caller of REST may not put into a pod. Rights in Harbor are no rights in the cluster: a container or a Secret of
/// the caller's choice would run beside, or read, the credential of the service. With <c>kubectl</c> the cluster decides.</summary>
internal static class RequestLimits
{
    private static readonly HashSet<string> Variables =
        ["INPUTS", "OUTPUTS", "USING_ORMBFILE", "OPSET", JobVariables.TaskCpu, JobVariables.TaskMemory];

    /// <summary>Whether the value of a variable is nothing to hide.</summary>
    public static bool IsPlain(string? name) => name is not null && Variables.Contains(name);

    /// <exception cref="InvalidModelJobException">It asks for more.</exception>
    public static void Require(ModelJobSpec spec)
    {
        if (spec.InitContainer is { Count: > 0 })
        {
            throw new InvalidModelJobException("spec.initContainer", "over REST there are none; create the ModelJob with kubectl.");
        }

        for (var i = 0; i < (spec.Env?.Count ?? 0); i++)
        {
            if (spec.Env![i] is not { ValueFrom: null, Name: { } name } || !IsPlain(name))
            {
                throw new InvalidModelJobException(
                    $"spec.env[{i}]",
                    $"\"{Excerpt.Of(spec.Env[i]?.Name)}\" cannot be set over REST; plain values of {string.Join(", ", Variables)} can.");
            }
        }
    }
}
