using Microsoft.AspNetCore.Http;

namespace Klever.Registry;

/// <summary>Something that goes wrong on purpose. All that is set happens.</summary>
public sealed record RegistryFault
{
    /// <summary>Which requests it strikes, of method and path (with query).</summary>
    public required Func<string, string, bool> When { get; init; }

    /// <summary>How many of them.</summary>
    public int Times { get; init; } = 1;

    /// <summary>Answers this in place of the registry.</summary>
    public int? Status { get; init; }

    public string Body { get; init; } = "";

    public string ContentType { get; init; } = "application/json";

    /// <summary>Set on the answer, in place of what the registry would say; an empty value takes the header away.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Waits before anything else.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Breaks the connection after so many bytes of the answer's body.</summary>
    public long? CutAfter { get; init; }

    /// <summary>Breaks the connection after so many bytes of the request's body.</summary>
    public long? CutRequestAfter { get; init; }

    /// <summary>Stops sending, without closing, after so many bytes of the answer's body.</summary>
    public long? StallAfter { get; init; }

    /// <summary>Changes the byte at this position of the answer's body.</summary>
    public long? FlipByteAt { get; init; }

    /// <summary>Answers a request for a range with the whole, as some stores do.</summary>
    public bool IgnoreRange { get; init; }

    /// <summary>Answers a request for a range with 206 and another range than was asked for.</summary>
    public bool WrongRange { get; init; }

    /// <summary>Runs before the answer.</summary>
    public Action? Then { get; init; }

    /// <summary>A predicate for <see cref="When"/>: the method, and a part of the path.</summary>
    public static Func<string, string, bool> On(string method, string part) =>
        (m, path) => m == method && path.Contains(part, StringComparison.Ordinal);

    internal async Task<bool> AnswerAsync(HttpContext context)
    {
        Then?.Invoke();
        await Task.Delay(Delay, context.RequestAborted);
        context.Response.OnStarting(() =>
        {
            foreach (var (name, value) in Headers)
            {
                context.Response.Headers[name] = value.Length == 0 ? default : (Microsoft.Extensions.Primitives.StringValues)value;
            }

            return Task.CompletedTask;
        });
        if (CutAfter is not null || StallAfter is not null || FlipByteAt is not null)
        {
            context.Response.Body = new FaultyBody(context, this);
        }

        if (CutRequestAfter is { } limit)
        {
            await CutRequestAsync(context, limit);
            return true;
        }

        if (Status is not { } status)
        {
            return false;
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = ContentType;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.WriteAsync(Body, context.RequestAborted);
        }

        return true;
    }

    private static async Task CutRequestAsync(HttpContext context, long limit)
    {
        var buffer = new byte[16 * 1024];
        for (long read = 0; read < limit;)
        {
            var count = await context.Request.Body.ReadAsync(buffer, context.RequestAborted);
            if (count == 0)
            {
                break;
            }

            read += count;
        }

        context.Abort();
    }
}
