using Klever.Kubernetes.Serving.Requests;
using Klever.Models;

namespace Klever.Kubernetes.Serving;

/// <summary>Decides how a serving is run. Pure: request, models and options in, plan out.</summary>
public static class ServingComposer
{
    private const string DefaultStore = "/mnt";

    /// <summary>The files as ORMB's own initializer leaves them: <c>ormbfile.yaml</c> and <c>1/</c>.</summary>
    private const string OrmbLayout = "ormb";

    /// <param name="request">What is asked for.</param>
    /// <param name="models">What the registry has for each <see cref="PredictorRequest.Model"/>.</param>
    /// <param name="options">What the administrator decided.</param>
    /// <exception cref="ServingException">It cannot be served; the exception names the field and the way
    /// out.</exception>
    public static ServingPlan Compose(
        ServingRequest request, IReadOnlyDictionary<ModelReference, ServedModel> models, ServingOptions options)
    {
        var traffic = TrafficRules.Apply(request);
        return new ServingPlan
        {
            Namespace = request.Namespace,
            Name = request.Name,
            Predictors =
            [
                .. request.Predictors.Select((predictor, i) =>
                    Compose(request, predictor, models[predictor.Model], options) with { Traffic = traffic[i] }),
            ],
            Routing = TrafficRules.Routing(request),
            Source = request.Source,
        };
    }

    private static PredictorPlan Compose(
        ServingRequest request, PredictorRequest predictor, ServedModel model, ServingOptions options)
    {
        var plan = new PredictorPlan
        {
            Name = predictor.Name,
            Model = predictor.Model.WithTag(null).WithDigest(model.Digest),
            UsesPullSecret = predictor.Model.Registry == options.Registry,
            HasGpu = GpuRule.HasGpu(predictor.Container["resources"]["limits"], options),
            Request = predictor,
        };
        if (predictor.Implementation is { } implementation && !ServerChoice.IsKnown(implementation))
        {
            return plan with { IsLeftToSeldon = true };
        }

        plan = Place(plan, request.Name);
        return predictor.Image is null ? WithServer(plan, request.Name, model, options) : WithOwnImage(plan);
    }

    private static PredictorPlan WithServer(PredictorPlan plan, string name, ServedModel model, ServingOptions options)
    {
        var format = ServerChoice.FormatOf(plan.Request, model.Description);
        var server = ServerChoice.For(plan.Request, format, model, plan.HasGpu, options);
        return plan with
        {
            Server = server,
            Layout = server.Layout,
            AssertedFormat = model.Description.Format is null ? format : null,
            HttpPort = server.HttpPort,
            InferencePath = Template.Fill(server.InferencePath, name, plan),
        };
    }

    private static PredictorPlan WithOwnImage(PredictorPlan plan)
    {
        var ports = plan.Request.Container["ports"];
        var named = ports.AsList().FirstOrDefault(p => p["name"].AsText() == "http");
        var http = named.IsAbsent ? ports.First : named;
        return http["containerPort"].AsInteger() is { } port
            ? plan with { Layout = OrmbLayout, HttpPort = port }
            : throw new ServingException(
                ServingProblems.PortRequired, $"{plan.Request.Path}.componentSpecs[0].spec.containers[0].ports",
                "a container with an image of its own must name the port that answers HTTP.");
    }

    // The name of the directory is the name of the model in Triton, so it is the name of the serving whatever the
    // mount.
    private static PredictorPlan Place(PredictorPlan plan, string name)
    {
        var mounts = plan.Request.Container["volumeMounts"];
        if (mounts.AsList().Count > 1)
        {
            throw mounts.Invalid(
                "VolumeMounts's length must not more than 1 for simple model serving: it says where the model is");
        }

        var mount = mounts.First;
        var mountPath = mount.IsAbsent ? $"{StoreOf(plan.Request)}/{name}" : AbsolutePath(mount["mountPath"]);
        if (!mount.IsAbsent)
        {
            RequireVolume(plan.Request, mount["name"]);
        }

        var modelPath = mountPath.EndsWith($"/{name}", StringComparison.Ordinal) ? mountPath : $"{mountPath}/{name}";
        return plan with { MountPath = mountPath, ModelPath = modelPath, Store = modelPath[..modelPath.LastIndexOf('/')] };
    }

    private static string StoreOf(PredictorRequest predictor)
    {
        var variable = predictor.Container["env"].AsList().FirstOrDefault(
            v => v["name"].AsText() == ServingVariables.ModelStore);
        return variable["value"].IsAbsent ? DefaultStore : AbsolutePath(variable["value"]);
    }

    private static string AbsolutePath(JsonField field)
    {
        var path = (field.AsText() ?? throw field.Invalid("is missing")).TrimEnd('/');
        return path.StartsWith('/') && !path.Contains(':') && !path.Split('/').Contains("..")
            ? path
            : throw field.Invalid($"\"{Excerpt.Of(path)}\" must be an absolute path");
    }

    private static void RequireVolume(PredictorRequest predictor, JsonField name)
    {
        var volumes = predictor.Field["componentSpecs"].First["spec"]["volumes"].AsList();
        var wanted = name.AsText() ?? throw name.Invalid("is missing");
        if (wanted != ServingVariables.ModelVolume && volumes.All(v => v["name"].AsText() != wanted))
        {
            throw new ServingException(
                ServingProblems.VolumeNotFound, name.Path, $"there is no volume \"{Excerpt.Of(wanted)}\" in the pod.");
        }
    }
}
