namespace Klever.Functions.Telemetry;

/// <summary>What the process tells of itself, and to whom. Nothing of it is loaded unless it is asked for.</summary>
internal sealed record TelemetrySettings
{
    /// <summary><c>K_SERVICE</c>, which Knative sets: the name of the Service; the program's name elsewhere.</summary>
    public string ServiceName { get; init; } = "klever-functions";

    /// <summary><c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set: traces and metrics go there. The other variables of OpenTelemetry hold too.</summary>
    public bool Otlp { get; init; }

    /// <summary><c>Klever:Metrics:Port</c>: a port with <c>/metrics</c> and nothing else, for Prometheus; null for none.</summary>
    public int? MetricsPort { get; init; }

    /// <summary><c>Klever:Logs</c>: Json, which is the default in a Knative Service, or Text.</summary>
    public LogFormat Logs { get; init; }
}
