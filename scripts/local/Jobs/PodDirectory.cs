using System.Text.Json.Nodes;
using Klever.Local.Cluster.Objects;

namespace Klever.Local.Jobs;

/// <summary>The directory of one pod: its volumes, its containers' homes and termination messages.</summary>
internal sealed class PodDirectory(string path, ApiObjects objects, JsonObject pod)
{
    public string Path => path;

    public string TerminationMessageFile(string container, int run) =>
        System.IO.Path.Combine(path, "termination", $"{container}.{run}");

    /// <summary>The working directory of a container that names none, and the home of its processes.</summary>
    public string Home(string container) => System.IO.Path.Combine(path, "home", container);

    /// <summary>Makes the directories of the volumes and writes the files of those from Secrets and ConfigMaps.</summary>
    /// <exception cref="ContainerConfigException">A volume of a kind that is not known here, or its source is missing.</exception>
    public void Prepare()
    {
        Directory.CreateDirectory(System.IO.Path.Combine(path, "termination"));
        foreach (var volume in pod.Objects("spec", "volumes"))
        {
            var directory = VolumePath(volume);
            Directory.CreateDirectory(directory);
            foreach (var (name, content) in Files(volume))
            {
                File.WriteAllBytes(System.IO.Path.Combine(directory, System.IO.Path.GetFileName(name)), content);
            }
        }
    }

    /// <summary>After the pod has ended: only its logs are of use.</summary>
    public void DeleteContents()
    {
        foreach (var part in (string[])["volumes", "home", "termination", "processes"])
        {
            var directory = System.IO.Path.Combine(path, part);
            if (Directory.Exists(directory))
            {
                Directory.Delete(directory, recursive: true);
            }
        }
    }

    /// <summary>The mounts of a container, and its termination message path.</summary>
    public PathMapping Mapping(JsonObject container, int run)
    {
        var volumes = pod.Objects("spec", "volumes").ToDictionary(v => v.Text("name")!, VolumePath);
        var mounts = container.Objects("volumeMounts")
            .Select(m => (m.Text("mountPath")!, SubPath(volumes[m.Text("name")!], m.Text("subPath"))));
        var message = (container.Text("terminationMessagePath")!, TerminationMessageFile(container.Text("name")!, run));
        return new PathMapping([.. mounts, message]);
    }

    private string VolumePath(JsonObject volume) =>
        volume.Text("hostPath", "path") ?? System.IO.Path.Combine(path, "volumes", volume.Text("name")!);

    private static string SubPath(string volume, string? subPath)
    {
        var full = subPath is null ? volume : System.IO.Path.GetFullPath(System.IO.Path.Combine(volume, subPath));
        if (full != volume && !full.StartsWith(volume + "/", StringComparison.Ordinal))
        {
            throw new ContainerConfigException("CreateContainerConfigError", $"subPath \"{subPath}\" leaves its volume");
        }

        Directory.CreateDirectory(full);
        return full;
    }

    private IEnumerable<(string Name, byte[] Content)> Files(JsonObject volume)
    {
        if (volume.At("emptyDir") is not null || volume.At("hostPath") is not null)
        {
            return [];
        }

        if (volume.Text("secret", "secretName") is { } secret)
        {
            return Source(BuiltInTypes.Secrets, secret).Map("data").Select(d => (d.Key, Convert.FromBase64String(d.Value)));
        }

        if (volume.Text("configMap", "name") is { } map)
        {
            return Source(BuiltInTypes.ConfigMaps, map).Map("data").Select(d => (d.Key, System.Text.Encoding.UTF8.GetBytes(d.Value)));
        }

        throw new ContainerConfigException(
            "ContainerCreating", $"volume \"{volume.Text("name")}\": one machine has emptyDir, hostPath, secret and configMap volumes only");
    }

    private JsonObject Source(ResourceType type, string name) =>
        objects.Find(type, pod.Namespace(), name)
        ?? throw new ContainerConfigException("ContainerCreating", $"MountVolume.SetUp failed: {type.Singular} \"{name}\" not found");
}
