using Klever.Kubernetes.ModelJobs;
using Klever.Models;

namespace Klever.Functions.Telemetry;

/// <summary>What measurements about a ModelJob are told apart by: few values, whatever a spec says.</summary>
internal readonly record struct JobLabels(string Kind, string Format)
{
    public static JobLabels Of(ModelJob modelJob)
    {
        var conversion = modelJob.Spec.Conversion?.Mmdnn;
        var format = conversion?.From ?? modelJob.Spec.Extraction?.Format;
        return new JobLabels(
            modelJob.Spec.Conversion is null ? "extraction" : "conversion",
            ModelFormat.All.Any(known => known.Name == format) ? format! : "_OTHER");
    }
}
