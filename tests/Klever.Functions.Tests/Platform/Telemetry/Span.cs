using Google.Protobuf;

namespace Klever.Functions.Tests.Platform.Telemetry;

/// <summary>A span as it was exported (OTLP, <c>opentelemetry.proto.trace.v1</c>): what the tests look at of it.</summary>
internal sealed record Span(string Service, string Name, string TraceId, string SpanId, string ParentId)
{
    private const int ResourceField = 1;
    private const int ChildrenField = 2;

    /// <summary>Reads an ExportTraceServiceRequest.</summary>
    public static IReadOnlyList<Span> Read(byte[] request) =>
        [.. Messages(request, field: 1).SelectMany(resourceSpans => Spans(resourceSpans, ServiceName(resourceSpans)))];

    private static IEnumerable<Span> Spans(byte[] resourceSpans, string service) =>
        from scope in Messages(resourceSpans, ChildrenField)
        from span in Messages(scope, ChildrenField)
        select new Span(
            service,
            System.Text.Encoding.UTF8.GetString(Messages(span, field: 5).Single()),
            Hex(Messages(span, field: 1)),
            Hex(Messages(span, field: 2)),
            Hex(Messages(span, field: 4)));

    // Resource { attributes: KeyValue { key = 1, value = 2: AnyValue { string_value = 1 } } }.
    private static string ServiceName(byte[] resourceSpans) => (
        from resource in Messages(resourceSpans, ResourceField)
        from attribute in Messages(resource, field: 1)
        where System.Text.Encoding.UTF8.GetString(Messages(attribute, field: 1).Single()) == "service.name"
        select System.Text.Encoding.UTF8.GetString(Messages(Messages(attribute, field: 2).Single(), field: 1).Single())).FirstOrDefault("");

    private static string Hex(IEnumerable<byte[]> bytes) => Convert.ToHexStringLower(bytes.FirstOrDefault([]));

    private static List<byte[]> Messages(byte[] message, int field)
    {
        var found = new List<byte[]>();
        var input = new CodedInputStream(message);
        while (input.ReadTag() is not 0 and var tag)
        {
            if (WireFormat.GetTagFieldNumber(tag) == field && WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited)
            {
                found.Add(input.ReadBytes().ToByteArray());
            }
            else
            {
                input.SkipLastField();
            }
        }

        return found;
    }
}
