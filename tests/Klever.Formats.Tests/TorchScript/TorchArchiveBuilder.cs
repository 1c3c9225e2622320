using System.Text;
using Klever.Formats.Tests.Fuzzing;
using Klever.Models;
using Klever.Samples;

namespace Klever.Formats.Tests.TorchScript;

/// <summary>Makes a TorchScript archive of a test: one root module of class <c>__torch__.Net</c> unless the pickle says otherwise.</summary>
internal sealed class TorchArchiveBuilder
{
    private readonly Dictionary<string, byte[]> _entries = new() { ["data.pkl"] = Pickle(_ => { }) };

    public static byte[] Pickle(Action<PickleWriter> attributes) => new PickleWriter().Object("__torch__", "Net", attributes).ToArray();

    public static byte[] Pickle(params ReadOnlySpan<byte> opcodes) => [0x80, 2, .. opcodes, (byte)'.'];

    /// <param name="path">Below the top folder.</param>
    public TorchArchiveBuilder With(string path, byte[] content)
    {
        _entries[path] = content;
        return this;
    }

    public TorchArchiveBuilder WithData(byte[] pickle) => With("data.pkl", pickle);

    /// <param name="code">Of <c>code/__torch__.py</c>.</param>
    public TorchArchiveBuilder WithCode(string code) => WithCode("__torch__", code);

    public TorchArchiveBuilder WithCode(string path, string code) => With($"code/{path}.py", Encoding.UTF8.GetBytes(code));

    public byte[] Build()
    {
        var zip = new StoredZipWriter();
        foreach (var (path, content) in _entries)
        {
            zip.Add($"net/{path}", content);
        }

        return zip.ToArray();
    }

    public Signature Read() => InMemoryModel.Read(ModelFormat.TorchScript, "net.pt", Build());

    /// <summary>Reads what no one should have to, within bounds.</summary>
    public ModelReadException? ReadHostile()
    {
        var archive = Build();
        return Hostile.Read(() => InMemoryModel.Read(ModelFormat.TorchScript, "net.pt", archive));
    }

    public ModelReadException ReadFails() => ReadHostile() ?? throw new InvalidOperationException("the archive was read");
}
