using Klever.Formats.Protobuf;
using Klever.Formats.Tests.Protobuf;
using Klever.Models;
using Klever.Samples;

namespace Klever.Formats.Tests.SavedModel;

public sealed class SavedModelReaderTests
{
    private const int Float32 = 1;

    [Fact]
    public void Extract_OfTheSample_CountsTheFunctionsThatItsSignatureReaches()
    {
        var signature = ModelBytes.Extract(ModelFormat.SavedModel, SampleModels.Files(ModelFormat.SavedModel));

        Assert.Equal("features: float32[-1, 4]", Assert.Single(signature.Inputs).ToString());
        Assert.Equal("scores: float32[-1, 3]", Assert.Single(signature.Outputs).ToString());
        Assert.Equal(
            [
                new("Placeholder", 2), new("PartitionedCall", 2), new("StatefulPartitionedCall", 1), new("NoOp", 1),
                new("Identity", 1), new("Const", 2), new("MatMul", 1), new("BiasAdd", 1), new("Softmax", 1),
            ],
            signature.Layers);
    }

    [Theory]
    [InlineData("serve", "only serve")]
    [InlineData("gpu", "serve and gpu")]
    public void MetaGraph_ThatServesAndNothingElse_IsPreferred(string present, string expected)
    {
        var signature = Extract(model => model
            .Message(2, metaGraph => MetaGraph(metaGraph, ["train"], "train"))
            .Message(2, metaGraph => MetaGraph(metaGraph, ["serve", "gpu"], "serve and gpu"))
            .Message(2, metaGraph => MetaGraph(metaGraph, [present], "only serve")));

        Assert.Equal(expected, Assert.Single(signature.Inputs).Name);
    }

    [Fact]
    public void Signature_WithoutDefault_IsTheFirstThatServes()
    {
        var signature = Extract(model => model.Message(2, metaGraph => metaGraph
            .Message(5, entry => Entry(entry, "b", "of b"))
            .Message(5, entry => Entry(entry, "__saved_model_init_op", "of init"))
            .Message(5, entry => Entry(entry, "__saved_model_train_op", "of train"))
            .Message(5, entry => Entry(entry, "a", "of a"))));

        Assert.Equal("of a", Assert.Single(signature.Inputs).Name);
    }

    [Fact]
    public void Signature_WhenThereIsNone_IsEmpty()
    {
        var signature = Extract(model => model.Message(2, metaGraph => metaGraph.Message(2, graph => graph
            .Message(1, node => node.Text(1, "n").Text(2, "NoOp")))));

        Assert.Equal(new Signature { Layers = [new("NoOp", 1)] }, signature);
    }

    [Fact]
    public void Inputs_AreSortedByKey()
    {
        var signature = Extract(model => model.Message(2, metaGraph => metaGraph.Message(5, entry => entry
            .Text(1, "serving_default")
            .Message(2, value => value
                .Message(1, input => Input(input, "y"))
                .Message(1, input => Input(input, "x"))
                .Message(1, input => Input(input, "Z"))))));

        Assert.Equal(["Z", "x", "y"], signature.Inputs.Select(input => input.Name));
    }

    [Fact]
    public void Tensor_OfUnknownRankOrSparse_HasNoSize()
    {
        var signature = Extract(model => model.Message(2, metaGraph => metaGraph.Message(5, entry => entry
            .Text(1, "serving_default")
            .Message(2, value => value
                .Message(1, input => input.Text(1, "rank").Message(2, tensor => tensor
                    .Varint(2, 7).Message(3, shape => shape.Bool(3, value: true))))
                .Message(1, input => input.Text(1, "sparse").Message(2, tensor => tensor
                    .Varint(2, 9).Message(3, shape => shape.Message(2, d => d.Varint(1, 4)))
                    .Message(4, sparse => sparse.Text(1, "values:0"))))
                .Message(1, input => input.Text(1, "ragged").Message(2, tensor => tensor
                    .Message(
                        5, composite => composite.Message(2, part => part.Text(1, "flat:0").Varint(2, Float32)))))))));

        Assert.Equal(
            [
                new Tensor { Name = "ragged", DType = "float32" },
                new Tensor { Name = "rank", DType = "string" },
                new Tensor { Name = "sparse", DType = "int64" },
            ],
            signature.Inputs);
    }

    [Fact]
    public void Layers_FollowBranchesAndFunctionsCalledAsOperations()
    {
        var signature = Extract(model => model.Message(2, metaGraph => metaGraph
            .Message(2, graph => graph
                .Message(1, node => node.Text(1, "out").Text(2, "Identity").Text(3, "if:1"))
                .Message(1, node => node.Text(1, "if").Text(2, "If").Text(3, "^old")
                    .Message(5, attribute => attribute.Text(1, "then_branch").Message(
                        2, v => v.Message(10, f => f.Text(1, "then"))))
                    .Message(5, attribute => attribute.Text(1, "branches").Message(2, v => v
                        .Message(1, list => list.Message(9, f => f.Text(1, "listed"))))))
                .Message(1, node => node.Text(1, "old").Text(2, "called_as_operation"))
                .Message(2, library => library
                    .Message(1, function => Function(function, "then", "Add"))
                    .Message(1, function => Function(function, "listed", "Mul"))
                    .Message(1, function => Function(function, "called_as_operation", "Sub"))
                    .Message(1, function => Function(function, "unreached", "Div"))))
            .Message(5, entry => entry.Text(1, "serving_default").Message(2, value => value
                .Message(2, output => output.Text(1, "y").Message(2, tensor => tensor.Text(1, "out:0")))))));

        Assert.Equal(
            [
                new("Identity", 1), new("If", 1), new("called_as_operation", 1),
                new("Add", 1), new("Mul", 1), new("Sub", 1),
            ],
            signature.Layers);
    }

    [Fact]
    public void Layers_OfFunctionsThatCallThemselves_AreCountedOnce()
    {
        var signature = Extract(model => model.Message(2, metaGraph => metaGraph
            .Message(2, graph => graph
                .Message(1, node => node.Text(1, "call").Text(2, "recursive"))
                .Message(2, library => library.Message(1, function => Function(function, "recursive", "recursive"))))
            .Message(5, entry => entry.Text(1, "serving_default").Message(2, value => value
                .Message(2, output => output.Text(1, "y").Message(2, tensor => tensor.Text(1, "call:0")))))));

        Assert.Equal([new("recursive", 2)], signature.Layers);
    }

    [Fact]
    public void Extract_WithoutMetaGraph_IsAnError()
    {
        var error = Assert.Throws<ModelReadException>(() => Extract(model => model.Varint(1, 1)));

        Assert.Equal("SavedModel model/saved_model.pb: the model has no meta graph (field 2)", error.Message);
    }

    private static void MetaGraph(ProtobufWriter metaGraph, string[] tags, string input) => metaGraph
        .Message(1, info =>
        {
            foreach (var tag in tags)
            {
                info.Text(4, tag);
            }
        })
        .Message(5, entry => Entry(entry, "serving_default", input));

    private static void Entry(ProtobufWriter entry, string key, string input) => entry
        .Text(1, key)
        .Message(2, signature => signature.Message(1, tensor => Input(tensor, input)));

    private static void Input(ProtobufWriter entry, string key) => entry
        .Text(1, key)
        .Message(2, tensor => tensor.Text(1, $"{key}:0").Varint(2, Float32));

    private static void Function(ProtobufWriter function, string name, string operation) => function
        .Message(1, signature => signature.Text(1, name))
        .Message(3, node => node.Text(1, "n").Text(2, operation));

    private static Signature Extract(Action<ProtobufWriter> write)
    {
        var model = new ProtobufWriter();
        write(model);
        return ModelBytes.Extract(ModelFormat.SavedModel, "saved_model.pb", model.ToArray());
    }
}
