using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Klever.Images;

/// <summary>The least that a program of ours stands on, taken from the machine that builds it: the loader and the C library that it
/// was linked with, OpenSSL, which .NET loads when it first speaks TLS, the certificates to trust, a user and a <c>/tmp</c>.</summary>
internal static partial class SystemFiles
{
    private const string Certificates = "/etc/ssl/certs/ca-certificates.crt";
    private static readonly string[] LoadedByName = ["libssl.so.3", "libcrypto.so.3"];
    private static readonly string[] LibraryDirectories = ["/lib", "/usr/lib", "/lib64", "/usr/lib64"];

    public static async Task<IReadOnlyList<ImageFile>> CollectAsync(string program, CancellationToken cancellationToken)
    {
        var roots = LoadedByName.Select(Find).Prepend(program).ToList();
        var libraries = new SortedSet<string>(roots.Skip(1), StringComparer.Ordinal);
        foreach (var root in roots)
        {
            libraries.UnionWith(await LibrariesOfAsync(root, cancellationToken));
        }

        return
        [
            .. libraries.Select(library => ImageFile.Of(library, new FileInfo(library), isExecutable: true)),
            ImageFile.Of(Certificates, new FileInfo(Certificates)),
            ImageFile.Of("/etc/passwd", "root:x:0:0:root:/root:/sbin/nologin\nnonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin\n"u8.ToArray()),
            ImageFile.Of("/etc/group", "root:x:0:\nnonroot:x:65532:\n"u8.ToArray()),
            ImageFile.Of("/etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\n"u8.ToArray()),
            ImageFile.SharedDirectory("/tmp"),
        ];
    }

    // Where OpenSSL looks by itself depends on the distribution; .NET goes by these.
    public static IReadOnlyDictionary<string, string> Environment { get; } = new Dictionary<string, string> { ["SSL_CERT_FILE"] = Certificates };

    private static string Find(string library) =>
        LibraryDirectories.SelectMany(directory => new[] { directory }.Concat(Directory.Exists(directory) ? Directory.GetDirectories(directory, "*-linux-gnu*") : []))
            .Select(directory => Path.Combine(directory, library)).FirstOrDefault(File.Exists)
        ?? throw new FileNotFoundException($"{library} is not on this machine; install OpenSSL 3, or give --base.");

    private static async Task<IEnumerable<string>> LibrariesOfAsync(string file, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo("ldd", [file]) { RedirectStandardOutput = true, StandardOutputEncoding = Encoding.UTF8 })!;
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0 && !output.Contains("not found", StringComparison.Ordinal)
            ? LibraryPath().Matches(output).Select(match => match.Value)
            : throw new InvalidOperationException($"ldd does not find everything that {file} needs: {output}");
    }

    [GeneratedRegex(@"/\S+\.so[.\d]*(?= \(0x)")]
    private static partial Regex LibraryPath();
}
