using System.Text.Json.Nodes;
using Klever.Local.Cluster.Kinds;
using Klever.Local.Cluster.Schemas;

namespace Klever.Local.Cluster.Objects;

/// <summary>Makes of what a client sent what will be stored: names, server-set metadata, defaults, pruning, validation.</summary>
internal sealed class ObjectAdmission(TimeProvider clock)
{
    /// <summary>Metadata that only the server sets; a client's values are put back to what is stored.</summary>
    private static readonly string[] ServerMetadata =
        ["uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "generation", "namespace", "name", "generateName"];

    public JsonObject ForCreate(ResourceType type, string ns, JsonObject body, WriteOptions options)
    {
        var item = body.Clone();
        var metadata = item.Metadata();
        SetNamespace(type, ns, metadata);
        SetName(type, item, metadata);
        metadata["uid"] = Guid.NewGuid().ToString();
        metadata["creationTimestamp"] = Timestamp.Seconds(clock.GetUtcNow());
        metadata["generation"] = 1;
        metadata.Remove("resourceVersion");
        metadata.Remove("deletionTimestamp");
        if (type is { HasStatus: true, IsCustom: true })
        {
            item.Remove("status");
        }

        KindRules.SetDefaults(type, item);
        Check(type, item, former: null, options);
        return item;
    }

    public static JsonObject ForUpdate(ResourceType type, JsonObject current, JsonObject desired, string subresource, WriteOptions options)
    {
        CheckPreconditions(type, current, desired);
        var item = subresource == "status" ? WithStatus(current, desired) : WithoutStatus(type, current, desired);
        KeepServerMetadata(current, item);
        KindRules.SetDefaults(type, item);
        Check(type, item, current, options);
        if (!SpecEquals(current, item))
        {
            item.Metadata()["generation"] = (current.Number("metadata", "generation") ?? 1) + 1;
        }

        return item;
    }

    private static void SetNamespace(ResourceType type, string ns, JsonObject metadata)
    {
        if (!type.Namespaced)
        {
            metadata.Remove("namespace");
            return;
        }

        if (metadata.Text("namespace") is { Length: > 0 } stated && stated != ns)
        {
            throw ApiErrors.BadRequest("the namespace of the provided object does not match the namespace sent on the request");
        }

        metadata["namespace"] = ns;
    }

    private static void SetName(ResourceType type, JsonObject item, JsonObject metadata)
    {
        if (item.Name().Length == 0 && metadata.Text("generateName") is { Length: > 0 } prefix)
        {
            metadata["name"] = ObjectNames.Generate(prefix);
        }

        var name = item.Name();
        if (name.Length == 0)
        {
            throw ApiErrors.Invalid(type, "", [FieldError.Required("metadata.name", "name or generateName is required")]);
        }

        if (ObjectNames.Problem(type, name) is { } problem)
        {
            var shown = JsonValue.Create(name).ToJsonString();
            throw ApiErrors.Invalid(type, name, [FieldError.Invalid("metadata.name", shown, problem)]);
        }
    }

    private static void CheckPreconditions(ResourceType type, JsonObject current, JsonObject desired)
    {
        var stated = desired.ResourceVersion();
        if (stated is "" or "0" && type.IsCustom)
        {
            throw ApiErrors.Invalid(
                type, current.Name(), [FieldError.Invalid("metadata.resourceVersion", "0x0", "must be specified for an update")]);
        }

        if (stated.Length > 0 && stated != current.ResourceVersion())
        {
            throw ApiErrors.Modified(type, current.Name());
        }

        if (desired.Uid() is { Length: > 0 } uid && uid != current.Uid())
        {
            throw ApiErrors.Conflict(
                type, current.Name(), $"Precondition failed: UID in precondition: {uid}, UID in object meta: {current.Uid()}");
        }
    }

    /// <summary>A write to <c>status</c> changes the status and nothing else.</summary>
    private static JsonObject WithStatus(JsonObject current, JsonObject desired)
    {
        var item = current.Clone();
        item.Remove("status");
        if (desired["status"] is { } status)
        {
            item["status"] = status.DeepClone();
        }

        return item;
    }

    private static JsonObject WithoutStatus(ResourceType type, JsonObject current, JsonObject desired)
    {
        var item = desired.Clone();
        if (type.HasStatus)
        {
            item.Remove("status");
            if (current["status"] is { } status)
            {
                item["status"] = status.DeepClone();
            }
        }

        return item;
    }

    private static void KeepServerMetadata(JsonObject current, JsonObject item)
    {
        var metadata = item.Metadata();
        foreach (var name in ServerMetadata)
        {
            metadata.Remove(name);
            if (current.At("metadata", name) is { } stored)
            {
                metadata[name] = stored.DeepClone();
            }
        }

        metadata["resourceVersion"] = current.ResourceVersion();
    }

    private static void Check(ResourceType type, JsonObject item, JsonObject? former, WriteOptions options)
    {
        if (type.Schema is not null)
        {
            var unknown = SchemaPruner.Prune(type.Schema, item);
            if (unknown.Count > 0 && options.FieldValidation == "Strict")
            {
                var list = string.Join(", ", unknown.Select(u => $"unknown field \"{u}\""));
                throw ApiErrors.BadRequest($"{type.Kind} in version \"{type.Version}\" cannot be handled as a {type.Kind}: strict decoding error: {list}");
            }

            options.Warnings.AddRange(options.FieldValidation == "Warn" ? unknown.Select(u => $"unknown field \"{u}\"") : []);
            SchemaDefaults.Apply(type.Schema, item);
        }

        var errors = new List<FieldError>(MetadataErrors(item));
        errors.AddRange(type.Schema is null ? [] : SchemaValidator.Validate(type.Schema, item, former));
        errors.AddRange(KindRules.Validate(type, item, former));
        if (errors.Count > 0)
        {
            throw ApiErrors.Invalid(type, item.Name(), errors);
        }
    }

    private static IEnumerable<FieldError> MetadataErrors(JsonObject item)
    {
        foreach (var (_, value) in item.Map("metadata", "labels"))
        {
            if (ObjectNames.LabelValueProblem(value) is { } problem)
            {
                yield return FieldError.Invalid("metadata.labels", JsonValue.Create(value).ToJsonString(), problem);
            }
        }

        var owners = item.Objects("metadata", "ownerReferences").ToList();
        if (owners.Count(o => o.Flag("controller")) > 1)
        {
            yield return FieldError.Invalid("metadata.ownerReferences", "\"array\"", "Only one reference can have Controller set to true");
        }

        foreach (var owner in owners.Where(o => o.Text("uid") is not { Length: > 0 }))
        {
            yield return FieldError.Invalid("metadata.ownerReferences.uid", "\"\"", $"uid must not be empty ({owner.Text("name")})");
        }
    }

    private static bool SpecEquals(JsonObject left, JsonObject right)
    {
        static JsonObject Body(JsonObject item)
        {
            var body = item.Clone();
            body.Remove("metadata");
            body.Remove("status");
            return body;
        }

        return JsonNode.DeepEquals(Body(left), Body(right));
    }
}
