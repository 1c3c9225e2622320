using CloudNative.CloudEvents;
using CloudNative.CloudEvents.Http;

namespace Klever.Eventing.CloudEvents;

/// <summary>The attributes of an event as HTTP headers (binary mode); the content type is not among them.</summary>
internal static class BinaryHeaders
{
    public static IEnumerable<(string Name, string Value)> Of(CloudEvent cloudEvent)
    {
        yield return (HttpUtilities.SpecVersionHttpHeader, HttpUtilities.EncodeHeaderValue(
            cloudEvent.SpecVersion.VersionId));
        foreach (var (attribute, value) in cloudEvent.GetPopulatedAttributes())
        {
            if (attribute != cloudEvent.SpecVersion.DataContentTypeAttribute)
            {
                yield return (HttpUtilities.HttpHeaderPrefix + attribute.Name, HttpUtilities.EncodeHeaderValue(
                    attribute.Format(value)));
            }
        }
    }
}
