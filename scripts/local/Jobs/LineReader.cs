using System.Text;

namespace Klever.Local.Jobs;

/// <summary>Cuts the output of a process into lines without holding more of it than one line of bounded length.</summary>
internal static class LineReader
{
    /// <summary>Characters after which a line is broken; a report in the log is at most 4 MB.</summary>
    public const int MaximumLine = 8 * 1024 * 1024;

    public static async Task ReadAsync(StreamReader output, Action<string> line)
    {
        var buffer = new char[4096];
        var pending = new StringBuilder();
        int read;
        while ((read = await output.ReadAsync(buffer)) > 0)
        {
            foreach (var character in buffer.AsSpan(0, read))
            {
                if (character != '\n')
                {
                    pending.Append(character);
                }

                if (character == '\n' || pending.Length >= MaximumLine)
                {
                    line(pending.ToString());
                    pending.Clear();
                }
            }
        }

        if (pending.Length > 0)
        {
            line(pending.ToString());
        }
    }
}
