using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Klever.Models;
using Klever.Oci;

namespace Klever.CommandLine.Registry;

/// <summary>A program <c>docker-credential-…</c> that keeps credentials: it is told a host and answers with JSON.</summary>
internal static class CredentialProgram
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    // What a helper answers for an identity token, which no registry takes as a password.
    private const string TokenUsername = "<token>";

    /// <returns>Null when the helper has no credential for the host.</returns>
    public static RegistryCredential? Get(string helper, string host)
    {
        var name = Program(helper);
        return Run(name, "get", host) is { } answer ? Parse(name, answer) : null;
    }

    /// <exception cref="UsageException">The helper did not take it.</exception>
    public static void Store(string helper, string host, RegistryCredential credential)
    {
        var document = new JsonObject { ["ServerURL"] = host, ["Username"] = credential.Username, ["Secret"] = credential.Password };
        if (Run(Program(helper), "store", document.ToJsonString()) is null)
        {
            throw new UsageException($"{Program(helper)} did not store the credential for {host}.");
        }
    }

    /// <returns>Whether there was one.</returns>
    public static bool Erase(string helper, string host) =>
        Get(helper, host) is not null && Run(Program(helper), "erase", host) is not null;

    private static string Program(string helper) => helper.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
        ? $"docker-credential-{helper}"
        : throw new UsageException($"\"{Excerpt.Of(helper)}\" is not the name of a credential helper.");

    private static string? Run(string name, string verb, string input)
    {
        var start = new ProcessStartInfo(name, verb)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            Hand(process, input);
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

    private static void Hand(Process process, string input)
    {
        try
        {
            process.StandardInput.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading; its exit code tells.
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
