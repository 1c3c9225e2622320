using System.Text;
using Klever.Models;

namespace Klever.CommandLine.Initialization;

/// <summary>Leaves the reason of a failure where Kubernetes shows it: in the termination message of the
/// container.</summary>
internal static class FailureMessage
{
    private const string DefaultPath = "/dev/termination-log";

    public static void Write(CommandContext context, string sentence)
    {
        try
        {
            var configured = context.FirstVariable("TERMINATION_MESSAGE_PATH");
            var mode = configured is null ? FileMode.Open : FileMode.OpenOrCreate;
            using var file = new FileStream(configured ?? DefaultPath, mode, FileAccess.Write);
            file.SetLength(0);
            file.Write(Cut(Encoding.UTF8.GetBytes(sentence)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The sentence is on standard error as well, and that something else failed before matters more.
        }
    }

    // Kubernetes cuts where it likes; this keeps whole characters.
    private static ReadOnlySpan<byte> Cut(byte[] text)
    {
        var length = Math.Min(text.Length, TerminationMessage.MaximumBytes);
        while (length < text.Length && (text[length] & 0xC0) == 0x80)
        {
            length--;
        }

        return text.AsSpan(0, length);
    }
}
