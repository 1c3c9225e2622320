namespace Klever.Formats.Keras;

/// <summary>The cells that an RNN is made with: one, or several one behind the other (StackedRNNCells).</summary>
internal static class KerasCells
{
    public static IReadOnlyList<(string Name, KerasConfig Config)> Of(KerasConfig rnn)
    {
        var cell = rnn.Inner("cell");
        var all = cell.Inner("config").Find("cells") is { } list
            ? KerasConfig.Items(list).Select(item => new KerasConfig(item))
            : cell.Element.ValueKind == System.Text.Json.JsonValueKind.Object ? [cell] : [];
        return [.. all.Select(one => (one.Text("class_name") ?? "cell", one.Inner("config")))];
    }

    public static int StatesOf(string name) => name == "LSTMCell" ? 2 : 1;

    public static int WeightsOf(KerasConfig cell) => cell.Flag("use_bias", otherwise: true) ? 3 : 2;
}
