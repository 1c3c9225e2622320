namespace Klever.Local.Jobs;

/// <summary>Which processes a pod has, on disk, so that a platform that was killed can end them when it starts again.</summary>
internal static class ProcessRecord
{
    private const int StartTimeField = 19;

    public static void Write(PodDirectory directory, string container, int processId)
    {
        var folder = Directory.CreateDirectory(Path.Combine(directory.Path, "processes"));
        File.WriteAllText(Path.Combine(folder.FullName, container), $"{processId} {StartTime(processId)}");
    }

    /// <summary>Ends what a former run has left; a process id that now belongs to another process is let be.</summary>
    public static void KillAll(string podDirectory)
    {
        var folder = Path.Combine(podDirectory, "processes");
        foreach (var file in Directory.Exists(folder) ? Directory.GetFiles(folder) : [])
        {
            var words = File.ReadAllText(file).Split(' ');
            if (words is [var id, { Length: > 0 } started] && StartTime(int.Parse(id)) == started)
            {
                ProcessGroup.Signal(int.Parse(id), ProcessGroup.Kill);
            }
        }
    }

    /// <summary>Clock ticks since boot at which the process began (proc(5), stat); empty when there is none.</summary>
    private static string StartTime(int processId)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{processId}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[StartTimeField];
        }
        catch (IOException)
        {
            return "";
        }
    }
}
