using Klever.Functions.Cluster;
using Klever.Functions.DeadLetters;
using Klever.Functions.HarborAgent;
using Klever.Functions.HarborPush;
using Klever.Functions.Hosting;
using Klever.Functions.JobCompletion;
using Klever.Functions.ModelJobs;
using Klever.Functions.Models;
using Klever.Functions.ProjectSetup;
using Klever.Functions.Servings;
using Klever.Functions.Sweep;

namespace Klever.Functions;

/// <summary>All functions of the program.</summary>
internal static class FunctionTable
{
    public static IReadOnlyList<IFunction> All { get; } =
    [
        new HarborPushFunction(),
        new ModelJobsFunction(),
        new JobCompletionFunction(),
        new ServingsFunction(),
        new SweepFunction(),
        new DeadLettersFunction(),
        new ModelsFunction(),
        new HarborAgentFunction(),
        new ProjectSetupFunction(),
        new ClusterFunction(),
    ];

    /// <summary>The functions that <see cref="KleverOptions.Functions"/> names; all when it names none.</summary>
    /// <exception cref="InvalidOperationException">A name is not in the table.</exception>
    public static IReadOnlyList<IFunction> Selected(KleverOptions options)
    {
        var unknown = options.Functions.Except(All.Select(function => function.Name)).ToList();
        return unknown.Count > 0
            ? throw new InvalidOperationException(
                $"KLEVER_FUNCTIONS names \"{string.Join("\", \"", unknown)}\"; known are {string.Join(", ", All.Select(f => f.Name))}.")
            : options.Functions.Count == 0 ? All : [.. All.Where(function => options.Functions.Contains(function.Name))];
    }
}
