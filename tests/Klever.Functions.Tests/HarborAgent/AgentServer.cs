namespace Klever.Functions.Tests.HarborAgent;

/// <summary>The agent on a port of its own, for clients that are not .NET: Kestrel decides what a request target is.</summary>
internal sealed class AgentServer : IDisposable
{
    private readonly KleverApp _app;

    public AgentServer(Uri registry, params (string Name, string Value)[] settings)
    {
        _app = new KleverApp(
        [
            ("KLEVER_FUNCTIONS", "harbor-agent"),
            ("Klever:Access", "Harbor"),
            ("Klever:Registry:Address", registry.ToString()),
            ("SERVER_ORMB_USERNAME", "robot$service"),
            ("SERVER_ORMB_PASSWORD", "service-password"),
            .. settings,
        ]);
        Address = _app.Serve();
    }

    /// <summary>Such as <c>http://127.0.0.1:40123/</c>.</summary>
    public Uri Address { get; }

    public string Host => Address.Authority;

    public void Dispose() => _app.Dispose();
}
