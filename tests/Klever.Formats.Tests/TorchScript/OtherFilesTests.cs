using System.Text;
using Klever.Formats.Tests.Fuzzing;
using Klever.Models;
using Klever.Samples;

namespace Klever.Formats.Tests.TorchScript;

/// <summary>Files with the ending .pt that are something else: each is named as what it is.</summary>
public sealed class OtherFilesTests
{
    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n", "Git LFS pointer")]
    [InlineData("\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.\x80\x02", "written by torch.save before PyTorch 1.6")]
    [InlineData("\x80\x04\x95\x10\x00", "a Python pickle")]
    [InlineData("\x0a\x00\x00\x00\x00\x00\x00\x00{\"a\":1}   ", "a safetensors file")]
    [InlineData("hello", "not a zip archive")]
    public void Read_OfAnotherFile_SaysWhatItIs(string content, string expected)
    {
        var problem = Assert.Throws<ModelReadException>(
            () => InMemoryModel.Read(ModelFormat.TorchScript, "net.pt", Encoding.Latin1.GetBytes(content)));

        Assert.Equal(ModelReadProblem.NotTheFormat, problem.Problem);
        Assert.StartsWith("TorchScript model/net.pt: ", problem.Message, StringComparison.Ordinal);
        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("net/data.pkl net/version net/data/0", ModelReadProblem.NotTheFormat, "no code/: it was written by torch.save")]
    [InlineData("net/model.json net/code/net.py net/tensors/0", ModelReadProblem.NotSupported, "before PyTorch 1.3")]
    [InlineData("net/serialized_exported_program.json", ModelReadProblem.NotSupported, "a torch.export program")]
    [InlineData("data.pkl code/__torch__.py", ModelReadProblem.NotTheFormat, "below one folder")]
    [InlineData("word/document.xml", ModelReadProblem.NotTheFormat, "no data.pkl and code/")]
    [InlineData("", ModelReadProblem.NotTheFormat, "no data.pkl and code/")]
    public void Read_OfAnotherArchive_SaysWhatItIs(string names, ModelReadProblem kind, string expected)
    {
        var zip = new StoredZipWriter();
        foreach (var name in names.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            zip.Add(name, "content");
        }

        var problem = Assert.Throws<ModelReadException>(() => InMemoryModel.Read(ModelFormat.TorchScript, "net.pt", zip.ToArray()));

        Assert.Equal(kind, problem.Problem);
        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
    }
}
