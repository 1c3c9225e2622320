using System.Text;
using CloudNative.CloudEvents;
using Klever.Functions.Events;
using Klever.Models;

namespace Klever.Functions.DeadLetters;

/// <summary>Writes down which event was lost, for whom it was, and what the receiver answered last (Knative Eventing, "Dead letter
/// sinks": the extensions knativeerrordest, knativeerrorcode and knativeerrordata).</summary>
internal sealed partial class DeadLetterLog(ILogger<DeadLetterLog> logger)
{
    public EventOutcome Write(CloudEvent letter)
    {
        LogLetter(
            logger,
            Excerpt.Of(letter.Type),
            Excerpt.Of(letter.Id),
            Excerpt.Of(letter.Subject),
            Text(letter, "knativeerrordest"),
            Text(letter, "knativeerrorcode"),
            Decoded(letter));
        return EventOutcome.Done();
    }

    private static string Text(CloudEvent letter, string extension) => Excerpt.Of(letter[extension]?.ToString());

    // The answer travels in base64; older brokers send it as it is.
    private static string Decoded(CloudEvent letter)
    {
        var data = letter["knativeerrordata"]?.ToString() ?? "";
        var bytes = new byte[data.Length];
        return Excerpt.Of(Convert.TryFromBase64String(data, bytes, out var count) ? Encoding.UTF8.GetString(bytes, 0, count) : data);
    }

    [LoggerMessage(
        EventId = 1901,
        Level = LogLevel.Warning,
        Message = "Dead letter {Type} {Id} {Subject}: {Destination} answered {Code} {Answer}")]
    private static partial void LogLetter(
        ILogger logger, string type, string id, string subject, string destination, string code, string answer);
}
