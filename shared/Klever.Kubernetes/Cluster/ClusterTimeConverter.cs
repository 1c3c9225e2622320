using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Klever.Kubernetes.Cluster;

/// <summary>Times as the API server writes them (RFC 3339): <c>Time</c> with seconds and <c>MicroTime</c> with six
/// digits more. The digits are written when there is something in them; the server takes both for both.</summary>
internal sealed class ClusterTimeConverter : JsonConverter<DateTime>
{
    private const string Seconds = "yyyy-MM-dd'T'HH:mm:ss'Z'";
    private const string Microseconds = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        DateTimeOffset.TryParse(reader.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.UtcDateTime
            : throw new JsonException("a time is not as RFC 3339 has it.");

    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToUniversalTime().ToString(
            value.Ticks % TimeSpan.TicksPerSecond == 0 ? Seconds : Microseconds, CultureInfo.InvariantCulture));
}
