using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Klever.Models;
using Klever.Oci;

namespace Klever.CommandLine.Registry;

/// <summary><c>config.json</c> of Docker and its kin: credentials in <c>auths</c>, or behind a helper program. Keys that are
/// not known are kept.</summary>
internal sealed class DockerConfig
{
    private const int MaximumBytes = 1024 * 1024;

    private readonly string _path;
    private readonly JsonObject _document;

    private DockerConfig(string path, JsonObject document) => (_path, _document) = (path, document);

    /// <summary>Reads <c>$DOCKER_CONFIG/config.json</c> or <c>~/.docker/config.json</c>; an absent file is an empty one.</summary>
    public static DockerConfig Load(CommandContext context)
    {
        var directory = context.FirstVariable("DOCKER_CONFIG")
            ?? Path.Combine(context.FirstVariable("HOME", "USERPROFILE") ?? ".", ".docker");
        var file = new FileInfo(Path.Combine(directory, "config.json"));
        if (!file.Exists)
        {
            return new DockerConfig(file.FullName, []);
        }

        try
        {
            return file.Length <= MaximumBytes && JsonNode.Parse(File.ReadAllText(file.FullName)) is JsonObject document
                ? new DockerConfig(file.FullName, document)
                : throw new UsageException($"{file.FullName} is not a JSON object of at most {MaximumBytes} bytes.");
        }
        catch (JsonException exception)
        {
            throw new UsageException($"{file.FullName} is not JSON: {Excerpt.Of(exception.Message)}");
        }
    }

    public RegistryCredential? Find(string host)
    {
        return (Helper(host) is { } helper ? CredentialProgram.Get(helper, host) : null) ?? Stored(host);
    }

    /// <summary>Keeps the credential: with the helper when one is configured, else in the file.</summary>
    public void Save(string host, RegistryCredential credential)
    {
        if (Helper(host) is { } helper)
        {
            CredentialProgram.Store(helper, host, credential);
            return;
        }

        var auths = _document["auths"] as JsonObject ?? [];
        auths[host] = new JsonObject
        {
            ["auth"] = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credential.Username}:{credential.Password}")),
        };
        if (auths.Parent is null)
        {
            _document["auths"] = auths;
        }

        Write();
    }

    /// <summary>Forgets the credential; false when there was none.</summary>
    public bool Remove(string host)
    {
        var erased = Helper(host) is { } helper && CredentialProgram.Erase(helper, host);
        if (_document["auths"] is not JsonObject auths || !auths.Remove(host))
        {
            return erased;
        }

        Write();
        return true;
    }

    private string? Helper(string host) => Text(_document["credHelpers"], host) ?? Text(_document, "credsStore");

    private RegistryCredential? Stored(string host)
    {
        if (_document["auths"] is not JsonObject auths || Text(Entry(auths, host), "auth") is not { } encoded)
        {
            return null;
        }

        try
        {
            var pair = Encoding.UTF8.GetString(Convert.FromBase64String(encoded)).Split(':', 2);
            return pair.Length == 2 ? new RegistryCredential(pair[0], pair[1].TrimEnd('\0')) : null;
        }
        catch (FormatException)
        {
            throw new UsageException($"{_path} has a credential for {host} that is not base64; log in again.");
        }
    }

    // Docker once wrote whole addresses: https://harbor.example.com/v1/.
    private static JsonNode? Entry(JsonObject auths, string host) => auths[host] ?? auths.FirstOrDefault(
        entry => Uri.TryCreate(entry.Key, UriKind.Absolute, out var address) && address.Authority == host).Value;

    private void Write()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        var temporary = $"{_path}.{Path.GetRandomFileName()}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new StreamWriter(temporary, options))
        {
            file.WriteLine(Output.Document.ToJson(_document));
        }

        File.Move(temporary, _path, overwrite: true);
    }

    private static string? Text(JsonNode? node, string key) =>
        node is JsonObject document && document[key] is JsonValue value && value.TryGetValue(out string? text) && text.Length > 0
            ? text
            : null;
}
