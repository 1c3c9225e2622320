using Klever.Kubernetes.Jobs;

namespace Klever.Functions.ProjectSetup;

/// <summary>An account that Jobs log in with.</summary>
/// <param name="Name">Its own part of the name: Harbor makes <c>robot$release+klever-pull</c> of it.</param>
/// <param name="Actions">On the repositories of the project.</param>
/// <param name="SecretName">The Secret that the Jobs refer to.</param>
internal sealed record RobotRole(string Name, IReadOnlyList<string> Actions, string SecretName)
{
    public const string DefaultPushSecret = "ormb-push";

    public string StepName => $"robot {Name}";

    /// <summary>What the options of the Jobs ask for: one that pulls, for extractions and servings, and one that also pushes.</summary>
    public static IReadOnlyList<RobotRole> For(JobOptions jobs, string project, string namespaceName) =>
    [
        new("klever-pull", ["pull"], ProjectSecret.NameFor(jobs.PullSecretIn(namespaceName), project)),
        new("klever-push", ["pull", "push"], ProjectSecret.NameFor(jobs.PushSecretName ?? DefaultPushSecret, project)),
    ];

    /// <summary>Whether a full name is this role of the project by the prefix that Harbor gives its robots, unless it was told to give
    /// another one.</summary>
    public bool IsNameOf(string fullName, string project) =>
        fullName.EndsWith($"+{Name}", StringComparison.Ordinal)
        && (fullName[..^(Name.Length + 1)].EndsWith($"${project}", StringComparison.Ordinal) || fullName == $"{project}+{Name}");
}
