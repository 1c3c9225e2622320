using System.Text;

namespace Klever.Samples;

/// <summary>A decision tree over the measures of an iris, in PMML 4.4.</summary>
internal static class PmmlSample
{
    private const string Document = """
        <?xml version="1.0" encoding="UTF-8"?>
        <PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4">
          <Header copyright="Apache-2.0" description="Which iris is it?"/>
          <DataDictionary>
            <DataField name="petal_length" optype="continuous" dataType="double">
              <Interval closure="closedClosed" leftMargin="1.0" rightMargin="6.9"/>
            </DataField>
            <DataField name="petal_width" optype="continuous" dataType="double">
              <Interval closure="closedClosed" leftMargin="0.1" rightMargin="2.5"/>
            </DataField>
            <DataField name="species" optype="categorical" dataType="string">
              <Value value="setosa"/>
              <Value value="versicolor"/>
              <Value value="virginica"/>
            </DataField>
          </DataDictionary>
          <TreeModel modelName="iris" functionName="classification" splitCharacteristic="binarySplit">
            <MiningSchema>
              <MiningField name="species" usageType="target"/>
              <MiningField name="petal_length"/>
              <MiningField name="petal_width"/>
            </MiningSchema>
            <Output>
              <OutputField name="probability(setosa)" optype="continuous" dataType="double" feature="probability" value="setosa"/>
              <OutputField name="probability(versicolor)" optype="continuous" dataType="double" feature="probability" value="versicolor"/>
              <OutputField name="probability(virginica)" optype="continuous" dataType="double" feature="probability" value="virginica"/>
            </Output>
            <Node id="1" recordCount="150">
              <True/>
              <Node id="2" score="setosa" recordCount="50">
                <SimplePredicate field="petal_length" operator="lessThan" value="2.45"/>
                <ScoreDistribution value="setosa" recordCount="50"/>
                <ScoreDistribution value="versicolor" recordCount="0"/>
                <ScoreDistribution value="virginica" recordCount="0"/>
              </Node>
              <Node id="3" recordCount="100">
                <SimplePredicate field="petal_length" operator="greaterOrEqual" value="2.45"/>
                <Node id="4" score="versicolor" recordCount="54">
                  <SimplePredicate field="petal_width" operator="lessThan" value="1.75"/>
                  <ScoreDistribution value="setosa" recordCount="0"/>
                  <ScoreDistribution value="versicolor" recordCount="49"/>
                  <ScoreDistribution value="virginica" recordCount="5"/>
                </Node>
                <Node id="5" score="virginica" recordCount="46">
                  <SimplePredicate field="petal_width" operator="greaterOrEqual" value="1.75"/>
                  <ScoreDistribution value="setosa" recordCount="0"/>
                  <ScoreDistribution value="versicolor" recordCount="1"/>
                  <ScoreDistribution value="virginica" recordCount="45"/>
                </Node>
              </Node>
            </Node>
          </TreeModel>
        </PMML>

        """;

    public static IReadOnlyDictionary<string, byte[]> Files() =>
        new Dictionary<string, byte[]> { ["iris.pmml"] = Encoding.UTF8.GetBytes(Document) };
}
