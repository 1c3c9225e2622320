using Klever.Formats.Pmml;

namespace Klever.Formats.Tests.Pmml;

public sealed class PmmlValuesTests
{
    [Fact]
    public void Read_ListsIntervalsThenValidValues()
    {
        var signature = PmmlText.Read(
            """
            <DataField name="x" dataType="integer"><Value value="01"/><Value value="9" property="missing"/>
              <Value value="8" property="invalid"/><Value value="2" property="valid"/><Value value="n/a"/>
              <Interval closure="openOpen" leftMargin="1" rightMargin="7.0"/><Interval closure="openClosed" leftMargin="1e-4"/>
              <Interval closure="closedOpen" rightMargin="-5"/><Interval closure="closedClosed"/></DataField>
            """,
            "<TreeModel><MiningSchema><MiningField name='x'/></MiningSchema></TreeModel>");

        Assert.Equal(
            ["(1, 7.0)", "(1.0E-4, Infinity]", "[-Infinity, -5)", "[-Infinity, Infinity]", "1", "2", "n/a"],
            signature.Inputs.Single().Values);
    }

    /// <summary>Expected texts are those of Double.toString and Float.toString (JDK 19 and later).</summary>
    [Theory]
    [InlineData("5", "double", "5.0")]
    [InlineData("-0.0", "double", "-0.0")]
    [InlineData("0", "double", "0.0")]
    [InlineData("1.25", "double", "1.25")]
    [InlineData("100", "double", "100.0")]
    [InlineData("9999999", "double", "9999999.0")]
    [InlineData("10000000", "double", "1.0E7")]
    [InlineData("12345678.9", "double", "1.23456789E7")]
    [InlineData("0.001", "double", "0.001")]
    [InlineData("0.00099", "double", "9.9E-4")]
    [InlineData("1e300", "double", "1.0E300")]
    [InlineData("4.9e-324", "double", "4.9E-324")]
    [InlineData("1.7976931348623157e308", "double", "1.7976931348623157E308")]
    [InlineData("NaN", "double", "NaN")]
    [InlineData("1e999", "double", "Infinity")]
    [InlineData("many", "double", "many")]
    [InlineData("0.1", "float", "0.1")]
    [InlineData("16777217", "float", "1.6777216E7")]
    [InlineData("+7", "integer", "7")]
    [InlineData("7.5", "integer", "7.5")]
    [InlineData("TRUE", "boolean", "true")]
    [InlineData("1", "boolean", "true")]
    [InlineData("0.0", "boolean", "false")]
    [InlineData("yes", "boolean", "yes")]
    [InlineData("5.0", "integer", "5")]
    [InlineData("3000000000", "integer", "3000000000")]
    [InlineData(" a ", "string", " a ")]
    [InlineData("5", "dateDaysSince[1970]", "5")]
    public void OfValue_PrintsAsTheJvmDoes(string text, string type, string expected)
    {
        Assert.Equal(expected, JavaText.OfValue(text, type));
    }
}
