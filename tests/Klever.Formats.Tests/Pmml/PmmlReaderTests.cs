using System.Text;
using Klever.Formats.Tests.Fuzzing;
using Klever.Models;
using Klever.Samples;

namespace Klever.Formats.Tests.Pmml;

public sealed class PmmlReaderTests
{
    private const string XandY = """
        <DataField name="x" optype="continuous" dataType="double"/><DataField name="y" optype="categorical" dataType="string"/>
        """;

    [Fact]
    public void Read_OfSample_GivesFieldsOfTheTree()
    {
        var signature = InMemoryModel.Read(ModelFormat.Pmml, SampleModels.Files(ModelFormat.Pmml));

        Assert.Equal(
            new Signature
            {
                Inputs =
                [
                    new Tensor { Name = "petal_length", DType = "double", OpType = "continuous", Values = ["[1.0, 6.9]"] },
                    new Tensor { Name = "petal_width", DType = "double", OpType = "continuous", Values = ["[0.1, 2.5]"] },
                ],
                Outputs =
                [
                    new Tensor { Name = "probability(setosa)", DType = "double", OpType = "continuous" },
                    new Tensor { Name = "probability(versicolor)", DType = "double", OpType = "continuous" },
                    new Tensor { Name = "probability(virginica)", DType = "double", OpType = "continuous" },
                    new Tensor { Name = "species", DType = "string", OpType = "categorical", Values = ["setosa", "versicolor", "virginica"] },
                ],
                Layers = [new LayerCount("TreeModel", 1)],
            },
            signature);
    }

    [Fact]
    public void Read_TakesActiveFieldsInAndTargetsOut()
    {
        var signature = PmmlText.Read(XandY, """
            <TreeModel functionName="classification"><MiningSchema>
              <MiningField name="x"/><MiningField name="a" usageType="active"/><MiningField name="s" usageType="supplementary"/>
              <MiningField name="g" usageType="group"/><MiningField name="w" usageType="analysisWeight"/>
              <MiningField name="y" usageType="predicted"/><MiningField name="z" usageType="target"/>
            </MiningSchema></TreeModel>
            """);

        Assert.Equal("x a", PmmlText.Names(signature.Inputs));
        Assert.Equal("y z", PmmlText.Names(signature.Outputs));
        Assert.Equal(new Tensor { Name = "a" }, signature.Inputs[1]);
    }

    [Fact]
    public void Read_TakesTheNarrowestOperationalType()
    {
        var signature = PmmlText.Read(XandY, """
            <TreeModel functionName="classification"><MiningSchema>
              <MiningField name="x" optype="ordinal"/><MiningField name="y" usageType="target" optype="ordinal"/>
            </MiningSchema><Targets><Target field="y" optype="continuous"/></Targets>
            <Output><OutputField name="o" dataType="double" feature="probability"/></Output></TreeModel>
            """);

        Assert.Equal(new Tensor { Name = "x", DType = "double", OpType = "ordinal" }, signature.Inputs.Single());
        Assert.Equal(
            [new Tensor { Name = "o", DType = "double" }, new Tensor { Name = "y", DType = "string", OpType = "continuous" }],
            signature.Outputs);
    }

    [Theory]
    [InlineData("<RegressionModel functionName='regression'/>", "double continuous")]
    [InlineData("<RegressionModel functionName='regression' x-mathContext='float'/>", "float continuous")]
    [InlineData("<NaiveBayesModel functionName='classification'/>", "string categorical")]
    [InlineData("<ClusteringModel functionName='clustering'/>", "string categorical")]
    [InlineData("<AssociationModel functionName='associationRules'/>", "")]
    [InlineData("<NearestNeighborModel functionName='regression'/>", "")]
    [InlineData("<NearestNeighborModel functionName='mixed'/>", "")]
    [InlineData("<MiningModel functionName='regression'><Segmentation multipleModelMethod='modelChain'/></MiningModel>", "")]
    [InlineData("<MiningModel functionName='regression'><Segmentation multipleModelMethod='average'/></MiningModel>", "double continuous")]
    public void Read_WithoutTarget_GivesTheOneThatJpmmlMakesUp(string model, string expected)
    {
        var outputs = PmmlText.Read(XandY, model).Outputs;

        Assert.Equal(expected, string.Join(' ', outputs.Select(output => $"{output.DType} {output.OpType}")));
        Assert.All(outputs, output => Assert.Equal("_target", output.Name));
    }

    [Fact]
    public void Read_WithResidual_AsksForTheTrueValueOfItsTarget()
    {
        var signature = PmmlText.Read(XandY, """
            <RegressionModel functionName="regression"><MiningSchema>
              <MiningField name="y" usageType="target"/><MiningField name="x"/></MiningSchema>
            <Output><OutputField name="r" feature="residual" dataType="double"/><OutputField name="p" targetField="y" feature="residual"/></Output>
            </RegressionModel>
            """);

        Assert.Equal("x y y", PmmlText.Names(signature.Inputs));
        Assert.Equal("r p y", PmmlText.Names(signature.Outputs));
    }

    [Theory]
    [InlineData("selectFirst", "a b own")]
    [InlineData("modelChain", "b c own")]
    [InlineData("multiModelChain", "a b c own")]
    [InlineData("majorityVote", "own")]
    public void Read_OfEnsemble_ListsOutputsOfTheMembersThatSpeak(string method, string expected)
    {
        var signature = PmmlText.Read(XandY, $"""
            <MiningModel functionName="classification">
            <Output><OutputField name="own"/></Output>
            <Segmentation multipleModelMethod="{method}">
              <Segment><SimplePredicate/><TreeModel><Output><OutputField name="a"/></Output></TreeModel></Segment>
              <Segment><True/><TreeModel><Output><OutputField name="b"/></Output></TreeModel></Segment>
              <Segment><False/><RegressionModel><Output><OutputField name="c"/></Output></RegressionModel></Segment>
            </Segmentation></MiningModel>
            """);

        Assert.Equal(expected, PmmlText.Names(signature.Outputs.Where(output => output.Name != "_target")));
        Assert.Equal(
            [new LayerCount("MiningModel", 1), new LayerCount("TreeModel", 2), new LayerCount("RegressionModel", 1)],
            signature.Layers);
    }

    [Fact]
    public void Read_TakesTheFirstScorableModelAndCountsAll()
    {
        var signature = PmmlText.Read(XandY, """
            <Extension><TreeModel functionName="regression"/></Extension>
            <TreeModel functionName="regression" isScorable="false"><MiningSchema><MiningField name="y"/></MiningSchema></TreeModel>
            <RegressionModel functionName="regression"><MiningSchema><MiningField name="x"/></MiningSchema></RegressionModel>
            <Scorecard functionName="regression"><MiningSchema><MiningField name="z"/></MiningSchema></Scorecard>
            """);

        Assert.Equal("x", PmmlText.Names(signature.Inputs));
        Assert.Equal([new LayerCount("TreeModel", 1), new LayerCount("RegressionModel", 1), new LayerCount("Scorecard", 1)], signature.Layers);
    }

    [Theory]
    [InlineData("ISO-8859-1", "größe")]
    [InlineData("windows-1252", "größe€")]
    [InlineData("utf-16", "größe")]
    [InlineData("shift_jis", "長さ")]
    public void Read_FollowsTheDeclaredEncoding(string encoding, string name)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var document = $"""
            <?xml version="1.0" encoding="{encoding}"?>
            <p:PMML version="3.0" xmlns:p="http://www.dmg.org/PMML-3_0"><p:TreeModel functionName="x"><p:MiningSchema>
            <p:MiningField name="{name}"/></p:MiningSchema></p:TreeModel></p:PMML>
            """;
        var target = Encoding.GetEncoding(encoding);

        var signature = PmmlText.Read([.. target.Preamble, .. target.GetBytes(document)]);

        Assert.Equal(name, PmmlText.Names(signature.Inputs));
    }

    [Theory]
    [InlineData("<html/>", "the outermost element is <html>, not <PMML>, line 1, column 2")]
    [InlineData("<PMML version='4.4'><Header/></PMML>", "the document holds no model element of PMML, line 1, column ")]
    [InlineData("<PMML><TreeModel isScorable='false'/></PMML>", "no model of the document is scorable")]
    [InlineData("<PMML version='2.1'/>", "PMML 2.1 is not read; 3.0 to 4.4 are")]
    [InlineData("<PMML>\n<TreeModel>\n</PMML>", "not well-formed XML: The 'TreeModel' start tag on line 2 position 2 does not match")]
    [InlineData("<PMML xmlns:xmlns='u'/>", "not well-formed XML: ")]
    [InlineData("<PMML><TreeModel", "not well-formed XML: ")]
    [InlineData("  ", "not well-formed XML: ")]
    [InlineData("", "the file is empty")]
    [InlineData("version https://git-lfs.github.com/spec/v1\n", "the file is a Git LFS pointer")]
    [InlineData("PK\u0003\u0004", "not well-formed XML: ")]
    [InlineData("<?xml version='1.0' encoding='klingon'?><PMML/>", "not well-formed XML: ")]
    public void Read_OfAnotherDocument_SaysWhatAndWhere(string document, string expected)
    {
        var problem = PmmlText.Fails(document);

        Assert.StartsWith("PMML model/iris.pmml: ", problem.Message, StringComparison.Ordinal);
        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
    }
}
