using System.Text;
using Klever.Formats.Caffe.TextFormat;

namespace Klever.Formats.Tests.Caffe;

public class TextFormatParserTests
{
    [Theory]
    [InlineData("a { b: 1 }")]
    [InlineData("a: { b: 1 }")]
    [InlineData("a < b: 1 >")]
    [InlineData("a: < b: 1; >,")]
    [InlineData("# comment\r\n\ta\r\n{b:1}# end")]
    [InlineData("\uFEFFa [{ b: 1 }]")]
    [InlineData("a { c: 5 } a { b: 1 }")]
    public void Message_IsReadInEachOfItsForms(string text)
    {
        Assert.Equal(1, Parse(text).Message("a").Integer("b"));
    }

    [Theory]
    [InlineData("5", 5)]
    [InlineData("-5", -5)]
    [InlineData("- 5", -5)]
    [InlineData("0x1F", 31)]
    [InlineData("017", 15)]
    [InlineData("-0x10", -16)]
    public void Integer_IsReadInEachOfItsForms(string text, long expected)
    {
        Assert.Equal(expected, Parse("v: " + text).Integer("v"));
    }

    [Theory]
    [InlineData(".5", 0.5)]
    [InlineData("5.", 5)]
    [InlineData("1e-3", 1e-3)]
    [InlineData("2f", 2)]
    [InlineData("-1.5E+2F", -150)]
    [InlineData("inf", double.PositiveInfinity)]
    [InlineData("-inf", double.NegativeInfinity)]
    [InlineData("nan", double.NaN)]
    [InlineData("99999999999999999999", 1e20)]
    public void Number_IsReadInEachOfItsForms(string text, double expected)
    {
        Assert.Equal(expected, Parse("v: " + text).Number("v"));
    }

    [Theory]
    [InlineData("'a\"b'", "a\"b")]
    [InlineData("\"a\" 'b'\n\"c\"", "abc")]
    [InlineData(@"'\n\t\x41\102\\\''", "\n\tAB\\'")]
    [InlineData("\"é\"", "é")]
    public void String_IsReadInEachOfItsForms(string text, string expected)
    {
        Assert.Equal(expected, Parse("v: " + text).Text("v"));
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("t", true)]
    [InlineData("1", true)]
    [InlineData("False", false)]
    [InlineData("0", false)]
    public void Flag_IsReadInEachOfItsForms(string text, bool expected)
    {
        Assert.Equal(expected, Parse("v: " + text).Flag("v"));
    }

    [Fact]
    public void RepeatedField_MayBeScatteredAndListed()
    {
        Assert.Equal([1, 2, 3, 4], Parse("v: 1 w: 9 v: [2, 3] v: 4 v: []").Integers("v"));
    }

    [Fact]
    public void Extension_KeepsItsBrackets()
    {
        Assert.Equal("x", Parse("[caffe.my.ext]: 'x'").Text("[caffe.my.ext]"));
    }

    [Theory]
    [InlineData("a: \u0001", "line 1, column 4: unexpected byte 0x01; this is not prototxt")]
    [InlineData("a: 1x", "line 1, column 4: a value is wanted for a, not \"1x\"")]
    [InlineData("\n\n  : 1", "line 3, column 3: a field name is wanted, not \":\"")]
    [InlineData("a: [1 2]", "line 1, column 7: \",\" or \"]\" is wanted in the list a, not \"2\"")]
    [InlineData("a: - b", "line 1, column 6: a value is wanted for a, not \"b\"")]
    [InlineData("}", "line 1, column 1: a field name is wanted, not \"}\"")]
    public void Error_HasItsLineAndColumn(string text, string message)
    {
        Assert.Equal(message, Assert.Throws<TextFormatException>(() => Parse(text)).Message);
    }

    private static TextMessage Parse(string text) => TextFormatParser.Parse(Encoding.UTF8.GetBytes(text), ReadLimits.Default);
}
