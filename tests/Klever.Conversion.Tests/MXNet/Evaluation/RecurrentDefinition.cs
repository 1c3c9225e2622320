using Klever.Formats.MXNet;

namespace Klever.Conversion.Tests.MXNet.Evaluation;

/// <summary>RNN, a cell at a time, by the equations of MXNet's documentation.</summary>
internal static class RecurrentDefinition
{
    public static Values[] Run(SymbolAttributes a, Values[] x)
    {
        var (features, layers) = ((int)a.Integer("state_size", 1), (int)a.Integer("num_layers", 1));
        var ways = a.Flag("bidirectional", false) ? 2 : 1;
        var gates = a.Text("mode") switch { "lstm" => 4, "gru" => 3, _ => 1 };
        var (sequence, at) = (x[0], 0);
        int Inputs(int layer) => layer == 0 ? x[0].Size[2] : ways * features;
        var biases = Enumerable.Range(0, layers).Sum(layer => ways * gates * features * (Inputs(layer) + features));
        var states = new List<Values>();
        var cells = new List<Values>();
        for (var layer = 0; layer < layers; layer++)
        {
            var directions = new List<Values>();
            for (var way = 0; way < ways; way++)
            {
                var weights = Take(x[1], ref at, gates * features, Inputs(layer));
                var recurrent = Take(x[1], ref at, gates * features, features);
                var bias = Take(x[1], ref biases, 2, gates * features);
                Values First(int input) => Values.Of([x[0].Size[1], features], p => x[input].At([(layer * ways) + way, p[0], p[1]]));
                var cell = new Cell(a.Text("mode")!, weights, recurrent, bias, First(2), gates == 4 ? First(3) : First(2));
                directions.Add(cell.Run(sequence, isBackward: way == 1));
                states.Add(cell.State);
                cells.Add(cell.Memory);
            }

            sequence = Values.Of(
                [x[0].Size[0], x[0].Size[1], ways * features], p => directions[p[2] / features].At([p[0], p[1], p[2] % features]));
        }

        return [sequence, Stacked(states), Stacked(cells)];
    }

    private static Values Take(Values vector, ref int at, int rows, int columns)
    {
        var part = new Values([rows, columns], vector.Elements[at..(at + (rows * columns))]);
        at += rows * columns;
        return part;
    }

    private static Values Stacked(List<Values> parts) =>
        Values.Of([parts.Count, .. parts[0].Size], p => parts[p[0]].At(p[1..]));

    private sealed class Cell(string mode, Values weights, Values recurrent, Values bias, Values state, Values memory)
    {
        public Values State { get; private set; } = state;

        public Values Memory { get; private set; } = memory;

        public Values Run(Values x, bool isBackward)
        {
            var results = new Values[x.Size[0]];
            foreach (var time in isBackward ? Enumerable.Range(0, x.Size[0]).Reverse() : Enumerable.Range(0, x.Size[0]))
            {
                Step(x, time);
                results[time] = State;
            }

            return Stacked([.. results]);
        }

        private void Step(Values x, int time)
        {
            var (before, last, features) = (State, Memory, State.Size[1]);
            float OfInput(int[] p, int gate) => bias.At([0, (gate * features) + p[1]])
                + Enumerable.Range(0, weights.Size[1]).Sum(i => weights.At([(gate * features) + p[1], i]) * x.At([time, p[0], i]));
            float OfState(int[] p, int gate) => bias.At([1, (gate * features) + p[1]])
                + Enumerable.Range(0, features).Sum(i => recurrent.At([(gate * features) + p[1], i]) * before.At([p[0], i]));
            float Gate(int[] p, int gate) => 1 / (1 + MathF.Exp(-OfInput(p, gate) - OfState(p, gate)));
            Memory = mode == "lstm"
                ? Values.Of(before.Size, p => (Gate(p, 1) * last.At(p)) + (Gate(p, 0) * MathF.Tanh(OfInput(p, 2) + OfState(p, 2))))
                : Memory;
            State = Values.Of(before.Size, p => mode switch
            {
                "lstm" => Gate(p, 3) * MathF.Tanh(Memory.At(p)),
                "gru" => ((1 - Gate(p, 1)) * MathF.Tanh(OfInput(p, 2) + (Gate(p, 0) * OfState(p, 2)))) + (Gate(p, 1) * before.At(p)),
                "rnn_relu" => Math.Max(0, OfInput(p, 0) + OfState(p, 0)),
                _ => MathF.Tanh(OfInput(p, 0) + OfState(p, 0)),
            });
        }
    }
}
