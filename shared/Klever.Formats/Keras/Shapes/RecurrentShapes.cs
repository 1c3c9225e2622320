using Klever.Formats.Shapes;

namespace Klever.Formats.Keras.Shapes;

/// <summary>Recurrent layers: sequences or last outputs, and states.</summary>
internal static class RecurrentShapes
{
    public static IEnumerable<KeyValuePair<string, KerasShapeRule>> Rules { get; } =
    [
        new("SimpleRNN", call => Recurrent(call, states: 1)),
        new("GRU", call => Recurrent(call, states: 1)), new("CuDNNGRU", call => Recurrent(call, states: 1)),
        new("LSTM", call => Recurrent(call, states: 2)), new("CuDNNLSTM", call => Recurrent(call, states: 2)),
        new("RNN", Cells),
        new("Bidirectional", Bidirectional),
    ];

    private static IReadOnlyList<IReadOnlyList<long>?> Recurrent(KerasCall call, int states) =>
        Recurrent(
            call,
            call.Config.Integer("units", "output_dim") ?? Window.Unknown,
            [.. Enumerable.Repeat(call.Config.Integer("units", "output_dim") ?? Window.Unknown, states)]);

    private static IReadOnlyList<IReadOnlyList<long>?> Recurrent(KerasCall call, long units, IReadOnlyList<long> states)
    {
        var isTimeMajor = call.Config.Flag("time_major");
        var (first, second) = call.Input is { Count: 3 } input
            ? (input[0], input[1])
            : (Window.Unknown, Window.Unknown);
        var batch = isTimeMajor ? second : first;
        IReadOnlyList<long> output = call.Config.Flag("return_sequences") ? [first, second, units] : [batch, units];
        return call.Config.Flag("return_state")
            ? [output, .. states.Select(state => (IReadOnlyList<long>)[batch, state])]
            : [output];
    }

    private static IReadOnlyList<IReadOnlyList<long>?> Cells(KerasCall call)
    {
        var cells = KerasCells.Of(call.Config)
            .Select(cell => (Units: cell.Config.Integer("units"), Count: KerasCells.StatesOf(cell.Name)))
            .ToList();
        return cells.Count == 0 || cells.Exists(cell => cell.Units is null)
            ? Dimensions.Nothing
            : Recurrent(call, cells[^1].Units!.Value, [.. cells.SelectMany(cell => Enumerable.Repeat(cell.Units!.Value, cell.Count))]);
    }

    private static IReadOnlyList<IReadOnlyList<long>?> Bidirectional(KerasCall call)
    {
        if (call.Inference.Parser.ParseInner(call.Config, "layer") is not { } inner)
        {
            return Dimensions.Nothing;
        }

        var one = call.CallInner(inner, call.Inputs).Select(value => value.Size).ToList();
        var mode = call.Config.Has("merge_mode") ? call.Config.Text("merge_mode") : "concat";
        var states = one.Skip(1).ToList();
        return mode switch
        {
            null => [one[0], one[0], .. states, .. states],
            "concat" => [Dimensions.WithLast(
                one[0], one[0] is { Count: > 0 } size ? Dimensions.Times(size[^1], 2) : null), .. states, .. states],
            _ => [one[0], .. states, .. states],
        };
    }
}
