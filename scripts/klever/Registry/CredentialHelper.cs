using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Klever.Models;
using Klever.Oci;

namespace Klever.CommandLine.Registry;

/// <summary>A program <c>docker-credential-…</c> that keeps credentials: it is told a host and answers with JSON.</summary>
internal static class CredentialHelper
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    // What a helper answers for an identity token, which no registry takes as a password.
    private const string TokenUsername = "<token>";

    /// <returns>Null when the helper has no credential for the host.</returns>
    public static RegistryCredential? Get(string helper, string host)
    {
        if (!helper.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
        {
            throw new UsageException($"\"{Excerpt.Of(helper)}\" is not the name of a credential helper.");
        }

        var name = $"docker-credential-{helper}";
        return Run(name, host) is { } answer ? Parse(name, answer) : null;
    }

    private static string? Run(string name, string host)
    {
        var start = new ProcessStartInfo(name, "get")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Write(host);
            process.StandardInput.Close();
            process.ErrorDataReceived += static (_, _) => { };
            process.BeginErrorReadLine();
            var answer = process.StandardOutput.ReadToEndAsync();
            if (!answer.Wait(Timeout) || !process.WaitForExit(Timeout))
            {
                process.Kill();
                throw new UsageException($"{name} did not answer within {Timeout.TotalSeconds} seconds.");
            }

            return process.ExitCode == 0 ? answer.Result : null;
        }
        catch (Win32Exception exception)
        {
            throw new UsageException($"{name}, which config.json names, cannot be run: {exception.Message}.");
        }
    }

    private static RegistryCredential? Parse(string name, string answer)
    {
        try
        {
            var document = JsonNode.Parse(answer);
            var username = (string?)document?["Username"];
            var secret = (string?)document?["Secret"];
            return username is null or "" or TokenUsername || secret is null ? null : new RegistryCredential(username, secret);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new UsageException($"{name} did not answer with a credential.");
        }
    }
}
