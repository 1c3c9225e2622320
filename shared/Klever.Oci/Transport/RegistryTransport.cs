using System.Net;
using System.Net.Http.Headers;
using Klever.Oci.Authentication;

namespace Klever.Oci.Transport;

/// <summary>Sends requests: again when the trouble may pass, with the credential that is asked for, along redirects.</summary>
internal sealed class RegistryTransport : IDisposable
{
    private readonly HttpClient _http;
    private readonly Authenticator _authenticator;

    public RegistryTransport(RegistryOptions options, HttpMessageHandler handler)
    {
        Options = options;
        _http = new HttpClient(handler, disposeHandler: false)
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _authenticator = new Authenticator(options, SendMessageAsync);
    }

    public RegistryOptions Options { get; }

    /// <summary>The answer, if its status is one of <paramref name="expected"/>.</summary>
    /// <exception cref="RegistryException">Any other answer, or none.</exception>
    public async Task<HttpResponseMessage> SendAsync(
        RegistryRequest request, CancellationToken cancellationToken, params HttpStatusCode[] expected)
    {
        var response = await SendAnyAsync(request, cancellationToken);
        if (expected.Contains(response.StatusCode))
        {
            return response;
        }

        using (response)
        {
            throw await ErrorReader.ReadAsync(response, request, _authenticator.Secrets, Options.ActivityTimeout, cancellationToken);
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _authenticator.Dispose();
    }

    private async Task<HttpResponseMessage> SendAnyAsync(RegistryRequest request, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            RetryConditionHeaderValue? retryAfter = null;
            var last = attempt >= request.Attempts;
            try
            {
                var response = await SendAuthorizedAsync(request, cancellationToken);
                Count(request.Method, response.StatusCode);
                if (last || !RegistryException.IsPassing(response.StatusCode) || !request.CanSend())
                {
                    return response;
                }

                retryAfter = response.Headers.RetryAfter;
                response.Dispose();
            }
            catch (RegistryException exception) when (exception.IsTransient && !last && request.CanSend())
            {
            }

            await RetrySchedule.WaitAsync(attempt, Options.Time, cancellationToken, retryAfter);
        }
    }

    private async Task<HttpResponseMessage> SendAuthorizedAsync(RegistryRequest request, CancellationToken cancellationToken)
    {
        var authorization = await _authenticator.BeginAsync(request.Scopes, cancellationToken);
        while (true)
        {
            var response = await SendAlongRedirectsAsync(request, authorization?.Header, cancellationToken);
            if (response.StatusCode != HttpStatusCode.Unauthorized || !request.CanSend())
            {
                return response;
            }

            var next = await _authenticator.AnswerAsync(request.Scopes, authorization, response, cancellationToken);
            if (next is null)
            {
                return response;
            }

            response.Dispose();
            authorization = next;
        }
    }

    private async Task<HttpResponseMessage> SendAlongRedirectsAsync(
        RegistryRequest request, AuthenticationHeaderValue? authorization, CancellationToken cancellationToken)
    {
        var uri = request.Uri;
        for (var hop = 0; ; hop++)
        {
            using var message = request.ToMessage(
                uri, AddressRules.IsSameOrigin(uri, Options.Address) ? authorization : null, Options.UserAgent);
            var response = await SendMessageAsync(message, cancellationToken);
            if (!IsFollowed(request.Method, response.StatusCode))
            {
                return response;
            }

            using (response)
            {
                uri = hop < OciLimits.MaximumRedirects
                    ? LocationRules.Resolve(request.Method, uri, Header(response, "Location"), Options.Address)
                    : throw new RegistryException(
                        $"{request.Method} {RegistryException.Redact(request.Uri)}: more than {OciLimits.MaximumRedirects} redirects.",
                        request.Method,
                        request.Uri);
            }
        }
    }

    private async Task<HttpResponseMessage> SendMessageAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        using var activity = new ActivityTimeout(Options.ActivityTimeout, cancellationToken);
        if (message.Content is TransferContent content)
        {
            content.Activity = activity;
        }

        var (method, uri) = (message.Method, message.RequestUri!);
        try
        {
            return await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, activity.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw ErrorReader.Unreachable(method, uri, $"nothing moved for {Options.ActivityTimeout.TotalSeconds:0.###} s", exception);
        }
        catch (HttpRequestException exception)
        {
            throw ErrorReader.Unreachable(method, uri, exception.Message, exception);
        }
    }

    public static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    // What callers ask for in the hope of nothing, such as a tag that may be free, is no error.
    private static void Count(HttpMethod method, HttpStatusCode status)
    {
        if (status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden || RegistryException.IsPassing(status))
        {
            RegistryMeasures.Error(method, status);
        }
    }

    private static bool IsFollowed(HttpMethod method, HttpStatusCode status) =>
        (method == HttpMethod.Get || method == HttpMethod.Head) && (int)status is 301 or 302 or 303 or 307 or 308;
}
