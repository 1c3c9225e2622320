using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Jobs;

/// <summary>Makes of a container what is started on this machine.</summary>
internal sealed class ProcessPlanner(ApiObjects objects, PodOptions options, JsonObject pod, PodDirectory directory)
{
    /// <param name="run">How often the container has been restarted.</param>
    /// <exception cref="ContainerConfigException">It cannot be started as described.</exception>
    public ProcessPlan Plan(JsonObject container, int run)
    {
        var image = FindImage(container.Text("image")!);
        var declared = new ContainerEnvironment(objects, pod).Build(container);
        var mapping = directory.Mapping(container, run);
        var command = container.Texts("command").Any() ? container.Texts("command") : image.Entrypoint ?? [];
        var words = command.Concat(container.Texts("args"))
            .Select(w => mapping.Rewrite(VariableExpansion.Expand(w, declared)))
            .ToList();
        if (words.Count == 0)
        {
            throw new ContainerConfigException("CreateContainerError", "no command specified");
        }

        return new ProcessPlan
        {
            Command = words,
            Variables = Variables(container, image, declared, mapping),
            WorkingDirectory = WorkingDirectory(container, mapping),
            MemoryLimit = MemoryQuantity.TryParse(container.Text("resources", "limits", "memory"), out var limit) ? limit : null,
        };
    }

    private LocalImage FindImage(string name)
    {
        var withoutDigest = name.Split('@')[0];
        var colon = withoutDigest.LastIndexOf(':');
        var withoutTag = colon > withoutDigest.LastIndexOf('/') ? withoutDigest[..colon] : withoutDigest;
        return options.Images.GetValueOrDefault(name)
            ?? options.Images.GetValueOrDefault(withoutDigest)
            ?? options.Images.GetValueOrDefault(withoutTag)
            ?? throw new ContainerConfigException(
                "ErrImagePull",
                $"failed to pull image \"{name}\": it is not in the image table of this machine ({string.Join(", ", options.Images.Keys)})");
    }

    private Dictionary<string, string> Variables(
        JsonObject container, LocalImage image, IReadOnlyDictionary<string, string> declared, PathMapping mapping)
    {
        var home = directory.Home(container.Text("name")!);
        Directory.CreateDirectory(home);
        var variables = new Dictionary<string, string> { ["HOME"] = home, ["HOSTNAME"] = pod.Name() };
        foreach (var name in options.InheritedVariables)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
            {
                variables[name] = value;
            }
        }

        foreach (var (name, value) in declared)
        {
            variables[name] = mapping.Rewrite(value);
        }

        variables["PATH"] = $"{image.Directory}:{variables.GetValueOrDefault("PATH", "/usr/bin:/bin")}";
        return variables;
    }

    /// <summary>A mounted directory, else one of the container's own, as its image would have it.</summary>
    private string WorkingDirectory(JsonObject container, PathMapping mapping)
    {
        var asked = container.Text("workingDir");
        var home = directory.Home(container.Text("name")!);
        var mapped = asked is null ? home : mapping.Rewrite(asked);
        var chosen = mapped == asked ? Path.Combine(home, asked.TrimStart('/')) : mapped;
        Directory.CreateDirectory(chosen);
        return chosen;
    }
}
