using CloudNative.CloudEvents;
using k8s.Models;
using Klever.Eventing;
using Klever.Eventing.Pushes;
using Klever.Functions.Events;
using Klever.Functions.Hosting;
using Klever.Functions.Telemetry;
using Klever.Kubernetes.Cluster;
using Klever.Kubernetes.ModelJobs;
using Klever.Models;
using Klever.Oci;
using Klever.Oci.Ormb;

namespace Klever.Functions.HarborPush;

/// <summary>Decides what a push leads to, and does it: one ModelJob for one repository@digest, for any number of events.</summary>
internal sealed partial class PushHandler(
    RegistryClient registry,
    ClusterClient cluster,
    PushReceipts receipts,
    KleverOptions options,
    TimeProvider clock,
    ILogger<PushHandler> logger)
{
    /// <summary>A push that came through the broker.</summary>
    public async Task<EventOutcome> HandleAsync(CloudEvent cloudEvent, CancellationToken cancellationToken)
    {
        var reading = PushNormaliser.Read(cloudEvent);
        if (reading.Malformed is { } problem)
        {
            return EventOutcome.Rejected($"The push event cannot be read: {problem}");
        }

        CloudEvent? reply = null;
        foreach (var push in reading.Pushes)
        {
            var decision = await HandleAsync(push, cancellationToken);
            reply = decision.Created is { } created ? Announce(push, created) : reply;
        }

        return EventOutcome.Done(reply);
    }

    public async Task<PushDecision> HandleAsync(PushEvent push, CancellationToken cancellationToken)
    {
        using var scope = ModelScope.Begin(logger, $"{push.Repository}:{push.Tag}@{push.Digest}");
        var decision = await DecideAsync(push, cancellationToken);
        LogDecision(logger, push.Repository, push.Tag, push.Digest, decision.Reason);
        return decision;
    }

    private async Task<PushDecision> DecideAsync(PushEvent push, CancellationToken cancellationToken)
    {
        if (await receipts.FindAsync(push, cancellationToken) is { } known
            && await cluster.ModelJobs.FindAsync(options.Namespaces.Of(push.Repository), known, cancellationToken) is not null)
        {
            return new PushDecision($"ModelJob {known} was created before");
        }

        var repository = registry.Repository(push.Repository);
        try
        {
            var artifact = await ModelArtifacts.FetchAsync(repository, push.Digest.ToString(), cancellationToken);
            return artifact switch
            {
                _ when ExtractionMark.IsCurrent(artifact.Extraction, artifact.OrmbFile) =>
                    new PushDecision("its signature was read before"),
                { OrmbFile.Format: { IsExtractable: true } format } => await EnsureModelJobAsync(push, repository, format, cancellationToken),
                _ => new PushDecision($"no signature is read from format {Excerpt.Of(artifact.OrmbFile.FormatName)}"),
            };
        }
        catch (NotAModelException exception)
        {
            return new PushDecision($"not a model: {exception.Message}");
        }
        catch (OciContentException exception) when (exception.Problem != OciContentProblem.Truncated)
        {
            // Whoever may push can push this. A distribution registry would repeat what is refused, for ever and before all others.
            return new PushDecision($"it cannot be read: {exception.Message}");
        }
        catch (RegistryException exception) when (exception.IsNotFound)
        {
            return new PushDecision("it is gone from the registry");
        }
    }

    private async Task<PushDecision> EnsureModelJobAsync(
        PushEvent push, RepositoryClient repository, ModelFormat format, CancellationToken cancellationToken)
    {
        var tag = push.Tag ?? (await repository.TagsOfAsync(push.Digest, cancellationToken) is [var first, ..] ? first : null);
        var modelJob = ExtractionRequest.Create(push, tag, format, options, Tracing.Parent);
        try
        {
            var created = await cluster.ModelJobs.CreateAsync(modelJob.Namespace, modelJob, cancellationToken);
            await receipts.RememberAsync(push, created.Name, cancellationToken);
            Measures.Phase(JobLabels.Of(created), "Created");
            return new PushDecision($"created ModelJob {created.Name}", created);
        }
        catch (ClusterException exception) when (exception.Failure == ClusterFailure.AlreadyExists)
        {
            return await AdoptAsync(push, tag, repository, modelJob, cancellationToken);
        }
    }

    // The same digest under one more tag: nothing is read again. When its extraction has ended, the tag follows the result; while
    // it runs, the completion takes every tag of the digest along.
    private async Task<PushDecision> AdoptAsync(
        PushEvent push, string? tag, RepositoryClient repository, ModelJob asked, CancellationToken cancellationToken)
    {
        var name = asked.Name;
        var existing = await cluster.ModelJobs.FindAsync(asked.Namespace, name, cancellationToken);
        if (tag is null || existing?.Status?.WrittenManifest is not { } result)
        {
            return new PushDecision($"ModelJob {name} exists");
        }

        var outcome = await FollowingTag.MoveAsync(repository, tag, push.Digest, result, cancellationToken);
        if (outcome != FollowingTagOutcome.MovedOn)
        {
            await receipts.RememberAsync(push, name, cancellationToken);
        }

        return new PushDecision(outcome switch
        {
            FollowingTagOutcome.MovedOn => $"ModelJob {name} exists and the tag has moved on",
            FollowingTagOutcome.Immutable => $"tag {tag} is immutable; the signature that ModelJob {name} read is attached to what it names",
            _ => $"tag {tag} now names the result of ModelJob {name}",
        });
    }

    private CloudEvent Announce(PushEvent push, ModelJob created) => KleverEvents.ModelJobCreated(
        ModelReference.Create(options.Registry.Host, push.Repository, push.Tag, push.Digest),
        new ObjectIdentity(created.Namespace, created.Name, created.Metadata.Uid),
        clock.GetUtcNow());

    [LoggerMessage(EventId = 1303, Level = LogLevel.Information, Message = "Push of {Repository}:{Tag} {Digest}: {Decision}")]
    private static partial void LogDecision(ILogger logger, string repository, string? tag, Digest digest, string decision);
}
