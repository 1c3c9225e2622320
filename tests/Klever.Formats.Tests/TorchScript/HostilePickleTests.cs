using System.Text;
using Klever.Samples;

namespace Klever.Formats.Tests.TorchScript;

public sealed class HostilePickleTests
{
    private const string Code = "class Net(Module):\n  a : __torch__.Net\n";

    [Theory]
    [InlineData("cos\nsystem\n(X\u0002\0\0\0lstR.", "names os.system, which torch.jit never writes; it was not looked up, at byte 2")]
    [InlineData("cnumpy\n__builtins__\n.", "names numpy.__builtins__")]
    [InlineData("cbuiltins\neval\n.", "names builtins.eval")]
    [InlineData("Nq\0\u0093.", "has the opcode STACK_GLOBAL, which torch.jit never writes; nothing of it was executed, at byte 5")]
    [InlineData("(i__torch__\nNet\n.", "has the opcode INST")]
    [InlineData("N0.", "has the opcode POP")]
    [InlineData("\u0095\0\0\0\0\0\0\0\0.", "has the opcode FRAME")]
    [InlineData("\u00ff.", "has the opcode 0xff")]
    [InlineData("t.", "ends a group that was not begun, at byte 2")]
    [InlineData("R.", "takes a value that was not given")]
    [InlineData("(N(R.", "takes a value that was not given")]
    [InlineData("h\u0005.", "reads memo 5, which was not written")]
    [InlineData("Nb.", "takes a value that was not given")]
    [InlineData("NNb.", "sets the state of something that is not an object")]
    [InlineData("Na.", "takes a value that was not given")]
    [InlineData("}N\u0085\u0081.", "finds something that is not a class")]
    [InlineData("}(Nu.", "sets a dictionary key without a value")]
    [InlineData("X\u00ff\u00ff\u00ff\u00ffabc.", "ends in the middle of an opcode")]
    [InlineData("\u008a\u00ff.", "ends in the middle of an opcode")]
    [InlineData("\u008a\u0009\0\0\0\0\0\0\0\0\u0001.", "has an integer of more than 64 bits")]
    [InlineData("N", "ends in the middle of an opcode or without STOP")]
    public void Read_OfHostilePickle_IsRefusedWithItsPlace(string opcodes, string expected)
    {
        var problem = new TorchArchiveBuilder().WithCode(Code)
            .WithData([0x80, 2, .. Encoding.Latin1.GetBytes(opcodes)]).ReadFails();

        Assert.Equal(ModelReadProblem.NotTheFormat, problem.Problem);
        Assert.StartsWith("TorchScript model/net.pt: data.pkl ", problem.Message, StringComparison.Ordinal);
        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfModuleThatContainsItself_IsRefused()
    {
        var cycle = new PickleWriter().Global("__torch__", "Net").Bytes((byte)')', 0x81, (byte)'q', 0, (byte)'}', (byte)'(')
            .Text("a").Bytes((byte)'h', 0, (byte)'u', (byte)'b').ToArray();

        var problem = new TorchArchiveBuilder().WithCode(Code).WithData(cycle).ReadFails();

        Assert.Equal("TorchScript model/net.pt: modules are nested more than 100 deep, or contain themselves", problem.Message);
    }

    [Fact]
    public void Read_OfModulesSharedTwiceOnEachLevel_IsRefusedBeforeItTakesForever()
    {
        var doubling = new PickleWriter();
        Module(doubling, level: 0);

        var problem = new TorchArchiveBuilder().WithCode(Code).WithData(doubling.ToArray()).ReadFails();

        Assert.Equal("TorchScript model/net.pt: the model has more than 2000000 modules", problem.Message);
    }

    [Fact]
    public void Read_OfDeepNesting_IsRefused()
    {
        var deep = TorchArchiveBuilder.Pickle([.. Enumerable.Repeat((byte)'(', 1_000_000), (byte)')', .. Enumerable.Repeat((byte)'t', 1_000_000)]);

        var problem = new TorchArchiveBuilder().WithCode(Code).WithData(deep).ReadFails();

        Assert.Equal(ModelReadProblem.LimitExceeded, problem.Problem);
    }

    [Theory]
    [InlineData("(")]
    [InlineData("]")]
    [InlineData("}")]
    [InlineData("N")]
    [InlineData("(t")]
    [InlineData("Nr\u0001\u0002\u0003\u0004")]
    [InlineData("X\u0001\0\0\0a")]
    [InlineData("c__torch__\nA\n")]
    public void Read_OfEndlessOpcodes_StopsAtALimit(string opcodes)
    {
        var pattern = Encoding.Latin1.GetBytes(opcodes);
        var pickle = TorchArchiveBuilder.Pickle([.. Enumerable.Repeat(pattern, Math.Min(2_200_000, 12_000_000 / pattern.Length)).SelectMany(part => part)]);

        var problem = new TorchArchiveBuilder().WithCode(Code).WithData(pickle).ReadFails();

        Assert.Equal(ModelReadProblem.LimitExceeded, problem.Problem);
        Assert.Contains("data.pkl describes more than 33554432 bytes of values, at byte ", problem.Message, StringComparison.Ordinal);
    }

    /// <summary>A module of which each attribute is the same next module.</summary>
    private static void Module(PickleWriter pickle, byte level) => pickle.Object("__torch__", "Net", module =>
    {
        if (level < 60)
        {
            module.Text("a");
            Module(module, (byte)(level + 1));
            module.Bytes((byte)'q', level).Text("b").Bytes((byte)'h', level);
        }
    });
}
