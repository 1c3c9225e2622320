namespace Klever.Conversion.Tests.MXNet;

/// <summary>Recurrent layers, attention, and sequences of different lengths.</summary>
public class MXNetSequenceTests
{
    [Theory]
    [InlineData("RNN(x, p, h) mode=rnn_relu num_layers=1", 1, 1, 1)]
    [InlineData("RNN(x, p, h) mode=rnn_tanh num_layers=2 bidirectional=True", 1, 2, 2)]
    [InlineData("RNN(x, p, h, c) mode=lstm num_layers=1", 4, 1, 1)]
    [InlineData("RNN(x, p, h, c) mode=lstm num_layers=3 state_outputs=True", 4, 3, 1)]
    [InlineData("RNN(x, p, h, c) mode=lstm num_layers=2 bidirectional=True state_outputs=True", 4, 2, 2)]
    [InlineData("RNN(x, p, h) mode=gru num_layers=2 state_outputs=True", 3, 2, 1)]
    [InlineData("RNN(x, p, h) mode=gru num_layers=1 bidirectional=True", 3, 1, 2)]
    public void RecurrentLayers_GiveTheSameNumbers(string operation, int gates, int layers, int ways)
    {
        var size = (ways * gates * 6 * (5 + 6 + 2)) + ((layers - 1) * ways * gates * 6 * ((ways * 6) + 6 + 2));
        var heads = !operation.Contains("state_outputs", StringComparison.Ordinal) ? "y" : gates == 4 ? "y y:1 y:2" : "y y:1";
        var symbol = new TestSymbol(
            $"""
            input x 4,3,5
            weight p {size}
            input h {layers * ways},3,6
            input c {layers * ways},3,6
            y = {operation} state_size=6
            heads {heads}
            """);

        MXNetComparison.AssertSame(symbol);
        MXNetComparison.AssertSame(symbol, opset: 14);
    }

    // As Gluon exports it: weights apart, items before time, and a first state whose batch is not known.
    [Fact]
    public void RecurrentLayer_OfGluon_GivesTheSameNumbers()
    {
        MXNetComparison.AssertSame(new TestSymbol(
            """
            index i 3,4
            weight e 7,5
            words = Embedding(i, e) input_dim=7 output_dim=5
            x = SwapAxis(words) dim1=0 dim2=1
            weight w 24,5
            weight r 24,6
            weight b 24
            weight d 24
            wf = Reshape(w) shape=(-1,) want=(120,)
            rf = Reshape(r) shape=(-1,) want=(144,)
            p = Concat(wf, rf, b, d) dim=0
            h = _zeros() shape=(1,0,6)
            c = _zeros() shape=(1,0,6)
            y = RNN(x, p, h, c) mode=lstm state_size=6 num_layers=1
            z = SwapAxis(y) dim1=0 dim2=1
            """));
    }

    [Theory]
    [InlineData("SequenceMask(x)")]
    [InlineData("SequenceMask(x, n) use_sequence_length=True value=-3")]
    [InlineData("SequenceMask(x, m) use_sequence_length=True axis=1")]
    [InlineData("SequenceLast(x)")]
    [InlineData("SequenceLast(x, n) use_sequence_length=True")]
    [InlineData("SequenceLast(x, m) use_sequence_length=True axis=1")]
    [InlineData("SequenceReverse(x)")]
    [InlineData("SequenceReverse(x, n) use_sequence_length=True")]
    [InlineData("_contrib_arange_like(x) axis=1 start=2 step=0.5")]
    [InlineData("_contrib_arange_like(x) repeat=3")]
    [InlineData("softmax(x, k) use_length=True")]
    [InlineData("softmax(x, k) use_length=True axis=-1 temperature=1.0")]
    public void Sequences_OfDifferentLengths_GiveTheSameNumbers(string operation)
    {
        MXNetComparison.AssertSame(new TestSymbol(
            $"""
            input x 4,3,2,5
            index i 4
            m = _plus_scalar(i) scalar=1
            index j 1,3
            j_row = Reshape(j) shape=(-1,) want=(3,)
            n = _plus_scalar(j_row) scalar=1
            index l 4,3,2
            k = _plus_scalar(l) scalar=1
            y = {operation}
            """));
    }

    [Theory]
    [InlineData("_contrib_interleaved_matmul_selfatt_qk(x) heads=3")]
    [InlineData("_contrib_interleaved_matmul_selfatt_valatt(x, w) heads=3")]
    [InlineData("_contrib_interleaved_matmul_encdec_qk(q, k) heads=3")]
    [InlineData("_contrib_interleaved_matmul_encdec_valatt(k, v) heads=3")]
    public void Attention_GivesTheSameNumbers(string operation)
    {
        MXNetComparison.AssertSame(new TestSymbol(
            $"""
            input t 2,5,36
            x = SwapAxis(t) dim1=0 dim2=1
            input q_rows 2,4,12
            q = SwapAxis(q_rows) dim1=0 dim2=1
            input k_rows 2,5,24
            k = SwapAxis(k_rows) dim1=0 dim2=1
            input w 6,5,5
            input v 6,4,5
            y = {operation}
            """));
    }
}
