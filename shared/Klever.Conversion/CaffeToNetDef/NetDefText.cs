using System.Globalization;
using System.Text;

namespace Klever.Conversion.CaffeToNetDef;

/// <summary>The predict net in protobuf's text format, for people.</summary>
internal static class NetDefText
{
    public static string Of(NetDraft net)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"name: {Quoted(net.Name)}\n");
        foreach (var operation in net.Operators)
        {
            Append(text, operation);
        }

        foreach (var input in net.Inputs.Select(input => input.Name).Concat(net.Parameters.Select(parameter => parameter.Name)))
        {
            text.Append(CultureInfo.InvariantCulture, $"external_input: {Quoted(input)}\n");
        }

        net.Outputs.ForEach(output => text.Append(CultureInfo.InvariantCulture, $"external_output: {Quoted(output)}\n"));
        return text.ToString();
    }

    private static void Append(StringBuilder text, NetOperator operation)
    {
        text.Append("op {\n");
        Lines("input", operation.Inputs);
        Lines("output", operation.Outputs);
        Lines("name", [operation.Name]);
        Lines("type", [operation.Type]);
        foreach (var argument in operation.Arguments)
        {
            text.Append("  arg {\n");
            text.Append(CultureInfo.InvariantCulture, $"    name: {Quoted(argument.Name)}\n");
            foreach (var value in Values(argument))
            {
                text.Append(CultureInfo.InvariantCulture, $"    {value}\n");
            }

            text.Append("  }\n");
        }

        text.Append("}\n");

        void Lines(string field, IEnumerable<string> values)
        {
            foreach (var value in values)
            {
                text.Append(CultureInfo.InvariantCulture, $"  {field}: {Quoted(value)}\n");
            }
        }
    }

    private static IEnumerable<string> Values(NetArgument argument) =>
        argument.Number is { } number ? [string.Create(CultureInfo.InvariantCulture, $"f: {number:R}")]
        : argument.Integer is { } integer ? [$"i: {integer}"]
        : argument.Text is { } text ? [$"s: {Quoted(text)}"]
        : argument.Integers.Select(value => $"ints: {value}");

    private static string Quoted(string value)
    {
        var text = new StringBuilder("\"");
        foreach (var unit in Encoding.UTF8.GetBytes(value))
        {
            text.Append(unit switch
            {
                (byte)'"' => "\\\"",
                (byte)'\\' => "\\\\",
                >= 0x20 and < 0x7F => ((char)unit).ToString(),
                _ => "\\" + Convert.ToString(unit, 8).PadLeft(3, '0'),
            });
        }

        return text.Append('"').ToString();
    }
}
