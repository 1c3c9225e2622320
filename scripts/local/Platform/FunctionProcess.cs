namespace Klever.Local.Platform;

/// <summary>One process of the functions program: which functions it runs, which side it shows, and which Knative Services of
/// <c>knative/</c> it stands for.</summary>
/// <param name="Functions">For <c>KLEVER_FUNCTIONS</c>; empty for all.</param>
/// <param name="Face">For <c>KLEVER_FACE</c>: public or events.</param>
public sealed record FunctionProcess(string Name, string Functions, string Face, IReadOnlyList<string> Services)
{
    /// <summary>Two processes, one for each face: the least that keeps unauthenticated events off the public port.</summary>
    public static IReadOnlyList<FunctionProcess> Default { get; } =
    [
        new("public", "", "public", ["harbor-push", "api", "harbor-agent"]),
        new("events", "", "events", ["push-events", "model-jobs", "job-completion", "serving-events", "sweep", "dead-letters"]),
    ];

    /// <summary>One process for each Service, so that each can be stopped alone.</summary>
    public static IReadOnlyList<FunctionProcess> OnePerService { get; } =
    [
        new("harbor-push", "harbor-push", "public", ["harbor-push"]),
        new("api", "model-jobs,servings,models,project-setup,cluster,sweep", "public", ["api"]),
        new("harbor-agent", "harbor-agent", "public", ["harbor-agent"]),
        new("push-events", "harbor-push", "events", ["push-events"]),
        new("model-jobs", "model-jobs", "events", ["model-jobs"]),
        new("job-completion", "job-completion", "events", ["job-completion"]),
        new("serving-events", "servings", "events", ["serving-events"]),
        new("sweep", "sweep", "events", ["sweep"]),
        new("dead-letters", "dead-letters", "events", ["dead-letters"]),
    ];
}
