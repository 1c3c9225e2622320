namespace Klever.Functions.OpenApi;

/// <summary>What the parameters mean; a name means the same in every route.</summary>
internal static class ParameterTexts
{
    private static readonly Dictionary<string, string> Texts = new(StringComparer.Ordinal)
    {
        ["ns"] = "Namespace of the cluster.",
        ["namespace"] = "Namespace of the cluster, where it is not the configured one.",
        ["name"] = "Name of the object.",
        ["pod"] = "Name of the pod.",
        ["project"] = "Project of Harbor.",
        ["model"] = "Name of the model in its project; a / in it is written %2F.",
        ["version"] = "Tag of the model.",
        ["start"] = "Items to leave out, from the first (0).",
        ["limit"] = "Items of the answer at most.",
        ["format"] = "Only models of this format, such as ONNX.",
        ["filter"] = "modeljob/extract or modeljob/convert; both without it.",
        ["filterBy"] = "Label pairs key=value or key:value with commas between, all of which must hold.",
        ["containerID"] = "Name of a container or init container; the first container without it.",
        ["reftimestamp"] = "Time of the line that offsets count from, as the log has it, or newest, or oldest.",
        ["reflineNum"] = "Which of the lines of that time: 1 the first, -1 the last.",
        ["userPreviousLogs"] = "The log before the last restart.",
        ["offsetFrom"] = "First line of the window, counted from the reference; without both offsets the newest 100 lines.",
        ["offsetTo"] = "The line after the last.",
        ["logFilePosition"] = "Where the log is loaded from: its end (5000 lines) or its beginning (500000 bytes).",
        ["follow"] = "Text that goes on until the container ends, instead of a window.",
    };

    public static string? Of(string? name) => name is null ? null : Texts.GetValueOrDefault(name);
}
