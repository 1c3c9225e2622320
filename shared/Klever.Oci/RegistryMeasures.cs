using System.Diagnostics.Metrics;
using System.Net;

namespace Klever.Oci;

/// <summary>What is counted of the talk with registries; requests, durations and bytes are counted by System.Net.Http.</summary>
public static class RegistryMeasures
{
    public const string MeterName = "Klever.Oci";

    private static readonly Meter Meter = new(MeterName);

    private static readonly Counter<long> Errors =
        Meter.CreateCounter<long>("klever.registry.errors", "{error}", "Requests that a registry refused or did not answer.");

    internal static void Error(HttpMethod method, HttpStatusCode? status) => Errors.Add(
        1,
        new("http.request.method", method.Method),
        new("error.type", status is { } code ? $"{(int)code}" : "unreachable"));
}
