using Klever.Kubernetes.Serving.Requests;
using Klever.Models;

namespace Klever.Kubernetes.Serving;

/// <summary>How requests are shared among predictors; the rules are those of Seldon's webhook, said before it is
/// asked.</summary>
internal static class TrafficRules
{
    private const int All = 100;

    /// <summary>The share of each predictor, in their order.</summary>
    public static IReadOnlyList<int?> Apply(ServingRequest request)
    {
        RequireDistinctNames(request);
        RequireShadows(request);
        if (Routing(request) is { } routing)
        {
            return [.. request.Predictors.Select(p => (int?)(p.Name == routing.DefaultPredictor ? All : 0))];
        }

        foreach (var predictor in request.Predictors.Where(p => p.Traffic is < 0 or > All))
        {
            throw Invalid($"{predictor.Path}.traffic", $"must be 0 to {All}");
        }

        RequireSum(request);
        return [.. request.Predictors.Select(p => p.Traffic)];
    }

    /// <summary>The routing by header; null when no predictor asks for it.</summary>
    public static HeaderRouting? Routing(ServingRequest request)
    {
        if (request.Predictors.All(p => p.Matches.Count == 0))
        {
            return null;
        }

        // Rules of the default predictor keep requests from those behind them; the last ones say what the default says.
        var rules = request.Predictors.SelectMany(p => p.Matches.Select(m => new HeaderRoute(p.Name, m))).ToList();
        var routes = rules[..(rules.FindLastIndex(rule => rule.Predictor != request.DefaultPredictor) + 1)];
        return request.Predictors.Any(p => p.Name == request.DefaultPredictor && !p.IsShadow)
            ? new HeaderRouting(routes, request.DefaultPredictor!)
            : throw new ServingException(
                ServingProblems.DefaultPredictorRequired,
                "spec.defaultPredictor",
                "must name the predictor for requests whose headers match none.");
    }

    private static void RequireDistinctNames(ServingRequest request)
    {
        var twice = request.Predictors.GroupBy(p => p.Name).FirstOrDefault(g => g.Count() > 1)?.Last();
        if (twice is not null)
        {
            throw new ServingException(
                ServingProblems.FieldInvalid, $"{twice.Path}.graph.name",
                $"Duplicate predictor name \"{Excerpt.Of(twice.Name)}\".");
        }
    }

    private static void RequireShadows(ServingRequest request)
    {
        var shadows = request.Predictors.Where(p => p.IsShadow).ToList();
        if (shadows.Count > 1 || shadows.Count == request.Predictors.Count)
        {
            throw Invalid(
                $"{shadows[^1].Path}.shadow", "one predictor at most may be a shadow, and only beside another one");
        }
    }

    private static void RequireSum(ServingRequest request)
    {
        var visible = request.Predictors.Where(p => !p.IsShadow).ToList();
        var sum = visible.Sum(p => p.Traffic ?? 0);
        if (visible.Count > 1 && sum != All)
        {
            throw Invalid(
                "spec.predictors", $"Traffic must sum to {All} for multiple predictors, but it makes up {sum}");
        }

        if (visible.Count == 1 && sum is not (0 or All))
        {
            throw Invalid(
                $"{visible[0].Path}.traffic", $"the only predictor gets all requests; leave it out or write {All}");
        }
    }

    private static ServingException Invalid(string field, string problem) =>
        new(ServingProblems.TrafficInvalid, field, problem + ".");
}
