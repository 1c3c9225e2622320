using System.Text;

namespace Klever.CommandLine;

/// <summary>Reads a password from the terminal without showing it.</summary>
internal static class SecretPrompt
{
    private const int MaximumLength = 4096;

    public static string? Ask(string question)
    {
        Console.Error.Write(question);
        var secret = new StringBuilder();
        for (var key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                secret.Length = Math.Max(secret.Length - 1, 0);
            }
            else if (key.KeyChar != '\0' && secret.Length < MaximumLength)
            {
                secret.Append(key.KeyChar);
            }
        }

        Console.Error.WriteLine();
        return secret.Length == 0 ? null : secret.ToString();
    }
}
