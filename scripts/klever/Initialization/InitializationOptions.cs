using System.Text;
using Klever.CommandLine.Initialization.Layouts;
using Klever.Models;

namespace Klever.CommandLine.Initialization;

/// <summary>What decides, besides the model, what is written.</summary>
internal sealed record InitializationOptions
{
    public required Layout Layout { get; init; }

    /// <summary>Null: the last part of the directory.</summary>
    public string? Name { get; init; }

    /// <summary>For artifacts that do not say theirs.</summary>
    public ModelFormat? Format { get; init; }

    public int MaximumBatchSize { get; init; }

    public bool IsCpuOnly { get; init; }

    /// <summary>Inputs and outputs to take instead of the declared ones, each where it has any.</summary>
    public Signature Signature { get; init; } = Signature.Empty;

    /// <summary>Tells whether what is there was written for the same options.</summary>
    public string Hash(string name)
    {
        var signature = SignatureJson.Write(Signature).ToJsonString();
        var text = string.Join('\n', Layout.Name, name, Format, MaximumBatchSize, IsCpuOnly, signature);
        return Digest.Of(Encoding.UTF8.GetBytes(text)).Hex;
    }
}
