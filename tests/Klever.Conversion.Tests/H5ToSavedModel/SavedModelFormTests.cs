using Klever.Conversion.H5ToSavedModel;
using Klever.Conversion.H5ToSavedModel.TensorFlow;
using Klever.Conversion.Tests.H5ToSavedModel.Evaluation;
using Klever.Formats;
using Klever.Models;
using Klever.Testing;

namespace Klever.Conversion.Tests.H5ToSavedModel;

public sealed class SavedModelFormTests
{
    /// <summary>Operations and the attributes of each, as TensorFlow 1.15 defines them.</summary>
    private static readonly Dictionary<string, string[]> Operations = new()
    {
        ["Abs"] = ["T"],
        ["AddV2"] = ["T"],
        ["All"] = ["Tidx", "keep_dims"],
        ["Any"] = ["Tidx", "keep_dims"],
        ["ArgMax"] = ["T", "Tidx"],
        ["ArgMin"] = ["T", "Tidx"],
        ["AssignVariableOp"] = ["dtype"],
        ["AvgPool"] = ["T", "ksize", "padding", "strides"],
        ["AvgPool3D"] = ["T", "ksize", "padding", "strides"],
        ["BatchMatMulV2"] = ["T", "adj_x", "adj_y"],
        ["BiasAdd"] = ["T"],
        ["BroadcastTo"] = ["T", "Tidx"],
        ["Bucketize"] = ["T", "boundaries"],
        ["Cast"] = ["DstT", "SrcT"],
        ["Ceil"] = ["T"],
        ["ConcatV2"] = ["N", "T", "Tidx"],
        ["Const"] = ["dtype", "value"],
        ["Conv2D"] = ["T", "dilations", "padding", "strides"],
        ["Conv2DBackpropInput"] = ["T", "padding", "strides"],
        ["Conv3D"] = ["T", "dilations", "padding", "strides"],
        ["Conv3DBackpropInputV2"] = ["T", "padding", "strides"],
        ["Cos"] = ["T"],
        ["Cumsum"] = ["T", "Tidx", "exclusive", "reverse"],
        ["DepthToSpace"] = ["T", "block_size"],
        ["DepthwiseConv2dNative"] = ["T", "padding", "strides"],
        ["DivNoNan"] = ["T"],
        ["Elu"] = ["T"],
        ["Equal"] = ["T"],
        ["Erf"] = ["T"],
        ["Exp"] = ["T"],
        ["ExpandDims"] = ["T", "Tdim"],
        ["Expm1"] = ["T"],
        ["ExtractImagePatches"] = ["T", "ksizes", "padding", "rates", "strides"],
        ["Fill"] = ["T"],
        ["Floor"] = ["T"],
        ["FloorDiv"] = ["T"],
        ["FloorMod"] = ["T"],
        ["FusedBatchNormV3"] = ["T", "U", "epsilon", "is_training"],
        ["GatherV2"] = ["Taxis", "Tindices", "Tparams"],
        ["Greater"] = ["T"],
        ["GreaterEqual"] = ["T"],
        ["Identity"] = ["T"],
        ["LeakyRelu"] = ["T", "alpha"],
        ["Less"] = ["T"],
        ["LessEqual"] = ["T"],
        ["Log"] = ["T"],
        ["Log1p"] = ["T"],
        ["LogSoftmax"] = ["T"],
        ["LogicalAnd"] = [],
        ["LogicalNot"] = [],
        ["LogicalOr"] = [],
        ["MatMul"] = ["T"],
        ["Max"] = ["T", "Tidx", "keep_dims"],
        ["MaxPool"] = ["T", "ksize", "padding", "strides"],
        ["MaxPool3D"] = ["T", "ksize", "padding", "strides"],
        ["Maximum"] = ["T"],
        ["Mean"] = ["T", "Tidx", "keep_dims"],
        ["Min"] = ["T", "Tidx", "keep_dims"],
        ["Minimum"] = ["T"],
        ["MirrorPad"] = ["T", "Tpaddings", "mode"],
        ["Mul"] = ["T"],
        ["Neg"] = ["T"],
        ["NoOp"] = [],
        ["NotEqual"] = ["T"],
        ["OneHot"] = ["T", "TI"],
        ["OnesLike"] = ["T"],
        ["Pack"] = ["N", "T", "axis"],
        ["Pad"] = ["T", "Tpaddings"],
        ["PadV2"] = ["T", "Tpaddings"],
        ["Placeholder"] = ["dtype", "shape"],
        ["Pow"] = ["T"],
        ["Prod"] = ["T", "Tidx", "keep_dims"],
        ["Range"] = ["Tidx"],
        ["ReadVariableOp"] = ["dtype"],
        ["RealDiv"] = ["T"],
        ["Reciprocal"] = ["T"],
        ["Relu"] = ["T"],
        ["Relu6"] = ["T"],
        ["Reshape"] = ["T", "Tshape"],
        ["ResizeBicubic"] = ["T", "align_corners", "half_pixel_centers"],
        ["ResizeBilinear"] = ["T", "align_corners", "half_pixel_centers"],
        ["ResizeNearestNeighbor"] = ["T", "align_corners", "half_pixel_centers"],
        ["RestoreV2"] = ["dtypes"],
        ["ReverseV2"] = ["T", "Tidx"],
        ["Round"] = ["T"],
        ["Rsqrt"] = ["T"],
        ["SaveV2"] = ["dtypes"],
        ["SelectV2"] = ["T"],
        ["Selu"] = ["T"],
        ["Shape"] = ["T"],
        ["Sigmoid"] = ["T"],
        ["Sign"] = ["T"],
        ["Sin"] = ["T"],
        ["Softmax"] = ["T"],
        ["Softplus"] = ["T"],
        ["Softsign"] = ["T"],
        ["Split"] = ["T", "num_split"],
        ["SpaceToDepth"] = ["T", "block_size"],
        ["SplitV"] = ["T", "Tlen", "num_split"],
        ["Sqrt"] = ["T"],
        ["Square"] = ["T"],
        ["SquaredDifference"] = ["T"],
        ["Squeeze"] = ["T", "squeeze_dims"],
        ["StridedSlice"] = ["Index", "T", "begin_mask", "ellipsis_mask", "end_mask", "new_axis_mask", "shrink_axis_mask"],
        ["Sub"] = ["T"],
        ["Sum"] = ["T", "Tidx", "keep_dims"],
        ["Tanh"] = ["T"],
        ["TensorListReserve"] = ["element_dtype", "shape_type"],
        ["TensorListSetItem"] = ["element_dtype"],
        ["TensorListStack"] = ["element_dtype"],
        ["Tile"] = ["T", "Tmultiples"],
        ["Transpose"] = ["T", "Tperm"],
        ["Unpack"] = ["T", "axis", "num"],
        ["VarHandleOp"] = ["dtype", "shape", "shared_name"],
        ["While"] = ["T", "body", "cond"],
        ["ZerosLike"] = ["T"],
    };

    public static TheoryData<string> Goldens => KerasGoldenTests.Goldens;

    [Theory]
    [MemberData(nameof(Goldens))]
    public void Convert_OfAGolden_UsesWhatTensorFlow15Has(string name)
    {
        using var conversion = new KerasConversion(KerasGolden.Open(name).File);
        var model = conversion.Open();

        var nodes = model.Nodes.Concat(model.Functions.Values.SelectMany(function => function.Messages(3).Select(m => new Node(m)))).ToList();

        Assert.All(nodes, node => Assert.Subset(Operations[node.Op].ToHashSet(), node.AttributeNames.ToHashSet()));
        Assert.All(nodes, node => Assert.Matches("^[A-Za-z0-9.][A-Za-z0-9_.\\-/]*$", node.Name));
        Assert.Equal(model.Nodes.Count, model.Nodes.Select(node => node.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void Convert_WithConstants_WritesOneFile()
    {
        using var conversion = new KerasConversion(KerasGolden.Open("dense").File);

        var model = conversion.Open();

        Assert.Equal(["saved_model.pb"], Directory.GetFileSystemEntries(conversion.Model).Select(Path.GetFileName));
        Assert.Equal(1, model.Version);
        Assert.Equal(["serve"], model.MetaGraph.Message(1).Texts(4));
        Assert.Equal("tensorflow/serving/predict", model.Method);
        Assert.Equal("serving_default_x:0", model.Inputs["x"]);
        Assert.Equal("d/output:0", model.Outputs["d"]);
        Assert.False(model.MetaGraph.Has(3));
    }

    [Fact]
    public void Convert_WithVariables_WritesTheBundleAndHowToRestoreIt()
    {
        using var conversion = new KerasConversion(KerasGolden.Open("dense").File, usesVariables: true);

        var model = conversion.Open();
        var bundle = BundleFile.Read(conversion.Model);
        var saver = model.MetaGraph.Message(3);
        var restore = model.Nodes.Single(node => node.Name == "save/restore_all");

        Assert.Equal(["d/bias", "d/kernel"], bundle.Keys.Order());
        Assert.Equal([5, 4], bundle["d/kernel"].Shape);
        Assert.Equal(["save/Const:0", "save/Identity:0", "save/restore_all"], [saver.Text(1), saver.Text(2), saver.Text(3)]);
        Assert.Equal(["^save/AssignVariableOp_0", "^save/AssignVariableOp_1"], restore.Inputs);
        Assert.Equal(["save/Const", "save/tensor_names", "save/shape_and_slices"], model.Nodes.Single(node => node.Op == "RestoreV2").Inputs);
        Assert.Single(Directory.GetFiles(conversion.Model, "*.pb", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData(1_000_000, false)]
    [InlineData(96, false)]
    [InlineData(95, true)]
    public void Write_OfMoreWeightsThanAGraphMayHold_MakesThemVariables(long maximum, bool hasVariables)
    {
        var golden = KerasGolden.Open("dense");
        using var directory = new TemporaryDirectory();
        var content = new MemoryStream(golden.File);
        var file = new ModelFile(ModelFormat.H5, "model/net.h5", content.Length, content, ReadLimits.Default);

        SavedModelWriter.Write(KerasToTensorFlow.Convert(file), directory.Path, usesVariables: null, maximum);

        // 5 * 4 numbers of the kernel and 4 of the bias are 96 bytes.
        Assert.Equal(hasVariables, Directory.Exists(directory.Combine("variables")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Convert_Twice_GivesTheSameBytes(bool usesVariables)
    {
        using var first = new KerasConversion(KerasGolden.Open("network_text_classifier_open").File, usesVariables);
        using var second = new KerasConversion(KerasGolden.Open("network_text_classifier_open").File, usesVariables);

        var files = Directory.GetFiles(first.Model, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(first.Model, path));

        Assert.All(files, path => Assert.Equal(
            File.ReadAllBytes(Path.Combine(first.Model, path)), File.ReadAllBytes(Path.Combine(second.Model, path))));
    }
}
