using WireMock;
using WireMock.Types;

namespace Klever.Functions.Tests.ProjectSetup;

/// <summary>Adds headers to an answer that is played.</summary>
internal static class ResponseHeaders
{
    public static ResponseMessage With(this ResponseMessage response, string name, string value)
    {
        response.Headers ??= new Dictionary<string, WireMockList<string>>();
        response.Headers[name] = new WireMockList<string>(value);
        return response;
    }
}
