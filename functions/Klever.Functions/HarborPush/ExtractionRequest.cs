using k8s.Models;
using Klever.Eventing.Pushes;
using Klever.Functions.Hosting;
using Klever.Kubernetes.ModelJobs;
using Klever.Models;

namespace Klever.Functions.HarborPush;

/// <summary>The ModelJob of an automatic extraction. Pure: the same push gives the same one.</summary>
internal static class ExtractionRequest
{
    public static ModelJob Create(
        PushEvent push, string? tag, ModelFormat format, KleverOptions options, string? traceParent = null)
    {
        var model = ModelReference.Create(options.Registry.Host, push.Repository, tag, push.Digest);
        var modelJob = new ModelJob
        {
            Metadata = new V1ObjectMeta
            {
                Name = ModelJobNames.ForExtraction(push.Repository, push.Digest, ExtractorVersion.Current),
                NamespaceProperty = options.Namespaces.Of(push.Repository),
                Labels = new Dictionary<string, string>
                {
                    [ModelJobResource.ExtractLabel] = "true",
                    [ModelJobResource.ManagedByLabel] = ModelJobResource.ManagedByValue,
                },
                Annotations = new Dictionary<string, string>
                {
                    [ModelJobResource.EventSourceAnnotation] = Excerpt.Of(push.Source),
                    [ModelJobResource.EventIdAnnotation] = Excerpt.Of(push.Id),
                },
            },
            Spec = new ModelJobSpec { Model = model.ToString(), Extraction = new ExtractionSource(format.Name) },
        };
        if (traceParent is not null)
        {
            modelJob.Metadata.Annotations[TraceParent.Annotation] = traceParent;
        }

        return modelJob;
    }
}
