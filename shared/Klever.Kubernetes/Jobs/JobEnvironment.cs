using k8s.Models;
using Klever.Kubernetes.ModelJobs;
using Klever.Models;

namespace Klever.Kubernetes.Jobs;

/// <summary>The environment of the task: ours first, then what the user adds; on the same name the user's value
/// stands, but
/// <see cref="JobVariables.Fixed"/> and literal credentials are refused.</summary>
internal static class JobEnvironment
{
    public static List<V1EnvVar> Build(
        ModelJob modelJob, JobTask task, JobOptions options, string terminationMessagePath, string temporaryDirectory)
    {
        var pullSecret = options.PullSecretIn(modelJob.Namespace);
        var secret = ProjectSecret.NameFor(
            task.IsConversion ? options.PushSecretName ?? pullSecret : pullSecret,
            (task.Destination ?? task.Source).Repository);
        List<V1EnvVar> variables =
        [
            Literal(JobVariables.Framework, task.SourceFormat.Framework),
            Literal(JobVariables.Format, task.Format.Name),
            Literal(JobVariables.SourceFormat, task.SourceFormat.Name),
            Literal(JobVariables.Extractor, task.SourceFormat.Name.ToLowerInvariant()),
            Literal(JobVariables.SourceModelTag, task.Source.ToString()),
            Literal(JobVariables.DestinationModelTag, task.Destination?.ToString() ?? "empty"),
            Literal(JobVariables.Registry, options.Registry),
            Literal(JobVariables.Job, modelJob.Name),
            Literal(JobVariables.TerminationMessagePath, terminationMessagePath),
            Literal(JobVariables.TemporaryDirectory, temporaryDirectory),
            FromSecret(JobVariables.Username, secret),
            FromSecret(JobVariables.Password, secret),
        ];
        if (options.PlainHttp)
        {
            variables.Add(Literal(JobVariables.PlainHttp, "true"));
        }

        if (TraceParent.Of(modelJob.Metadata) is { } parent)
        {
            variables.Add(Literal(JobVariables.TraceParent, parent));
        }

        Merge(variables, modelJob.Spec.Env ?? []);
        return variables;
    }

    /// <summary>A quantity from <c>spec.env</c>; null when it is not there.</summary>
    /// <exception cref="InvalidModelJobException">It is there and not a positive quantity.</exception>
    public static string? Quantity(ModelJobSpec spec, string name)
    {
        var index = spec.Env?.ToList().FindLastIndex(v => v.Name == name) ?? -1;
        var value = index < 0 ? null : spec.Env![index].Value;
        return index < 0 || Jobs.Quantity.IsPositive(value)
            ? value
            : throw new InvalidModelJobException(
                $"spec.env[{index}].value",
            $"{name} \"{Excerpt.Of(value)}\" is not a positive quantity such as 500m or 2Gi.");
    }

    private static void Merge(List<V1EnvVar> variables, IReadOnlyList<V1EnvVar> added)
    {
        for (var i = 0; i < added.Count; i++)
        {
            var variable = Checked(added[i], i);
            variables.RemoveAll(v => v.Name == variable.Name);
            variables.Add(variable);
        }
    }

    private static V1EnvVar Checked(V1EnvVar? variable, int index) => variable switch
    {
        null or { Name: null or "" } => throw new InvalidModelJobException($"spec.env[{index}].name", "it is missing."),
        _ when JobVariables.Fixed.Contains(variable.Name) => throw new InvalidModelJobException(
            $"spec.env[{index}].name", $"{variable.Name} follows from the ModelJob and cannot be set."),
        { ValueFrom: null } when JobVariables.Credentials.Contains(variable.Name) => throw new InvalidModelJobException(
            $"spec.env[{index}].value",
            $"{variable.Name} must come from a Secret (valueFrom.secretKeyRef), not be spelled out."),
        _ => variable,
    };

    private static V1EnvVar Literal(string name, string value) => new() { Name = name, Value = value };

    private static V1EnvVar FromSecret(string name, string secret) => new()
    {
        Name = name,
        ValueFrom = new V1EnvVarSource
        {
            SecretKeyRef = new V1SecretKeySelector { Name = secret, Key = name, Optional = true },
        },
    };
}
