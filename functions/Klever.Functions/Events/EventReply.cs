using CloudNative.CloudEvents;
using Klever.Eventing.CloudEvents;

namespace Klever.Functions.Events;

/// <summary>A CloudEvent as the answer to one: the broker takes it up as an event of its own (Knative Eventing, "Replies").</summary>
internal sealed class EventReply(CloudEvent reply) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext) => reply.CopyToHttpResponseAsync(
        httpContext.Response, ContentMode.Binary, EventFormat.Formatter, httpContext.RequestAborted);
}
