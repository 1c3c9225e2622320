using Klever.Formats.Caffe.TextFormat;

namespace Klever.Formats.Caffe;

/// <summary>Which layers belong to the network in phase TEST (Caffe, <c>Net::FilterNet</c> and
/// <c>StateMeetsRule</c>).</summary>
/// <param name="state">The network's own <c>state</c>, which may set a level and stages.</param>
internal sealed class CaffePhase(TextMessage state)
{
    private readonly long _level = state.Integer("level") ?? 0;
    private readonly HashSet<string> _stages = [.. state.Texts("stage")];

    public bool Includes(TextMessage layer) =>
        layer.Has("include") ? layer.Messages("include").Any(Meets) : !layer.Messages("exclude").Any(Meets);

    private bool Meets(TextMessage rule) =>
        rule.Text("phase") is null or "TEST" or "1"
        && _level >= (rule.Integer("min_level") ?? long.MinValue)
        && _level <= (rule.Integer("max_level") ?? long.MaxValue)
        && rule.Texts("stage").All(_stages.Contains)
        && !rule.Texts("not_stage").Any(_stages.Contains);
}
