using Klever.Oci.Ormb.Archives;

namespace Klever.Oci.Tests.Archives;

public class ArchiveLayoutTests
{
    [Theory]
    [InlineData("model/a.onnx ormbfile.yaml", "model/a.onnx", true)]
    [InlineData("bert/model/a.onnx bert/ormbfile.yaml", "model/a.onnx", true)]
    [InlineData("model/a.onnx", "model/a.onnx", false)]
    [InlineData("bert/a.onnx", "model/a.onnx", false)]
    [InlineData("a.onnx", "model/a.onnx", false)]
    [InlineData("a.onnx ormbfile.yaml", "model/a.onnx", true)]
    [InlineData("bert/a.onnx ormbfile.yaml", "model/a.onnx", true)]
    [InlineData("saved_model.pb variables/v.index", "model/saved_model.pb model/variables/v.index", false)]
    [InlineData("1/saved_model.pb 1/variables/v.index", "model/saved_model.pb model/variables/v.index", false)]
    [InlineData("bert/a.onnx __MACOSX/bert/._a.onnx .DS_Store", "model/a.onnx", false)]
    public void Of_WhatPeopleSend_FindsModelAndDescription(string paths, string files, bool hasOrmbFile)
    {
        var layout = ArchiveLayout.Of(Entries(paths));

        Assert.Equal(files.Split(' '), layout.Files.Select(file => file.Path));
        Assert.Equal(hasOrmbFile, layout.OrmbFile is not null);
    }

    [Theory]
    [InlineData("a/x.onnx b/y.onnx", "several root folders, such as \"a\" and \"b\"")]
    [InlineData("model/x.onnx readme.md", "\"readme.md\" is beside model/")]
    [InlineData("ormbfile.yaml", "holds no files of a model")]
    [InlineData("__MACOSX/a", "holds no files of a model")]
    [InlineData("a/ormbfile.yaml", "holds no files of a model")]
    public void Of_WhatCannotBeAModel_SaysWhy(string paths, string text) =>
        Assert.Contains(text, Assert.Throws<ArchiveException>(() => ArchiveLayout.Of(Entries(paths))).Message);

    [Fact]
    public void Of_APathThatIsTooDeepBelowModel_IsRefusedNow()
    {
        var path = string.Join('/', Enumerable.Repeat("d", 63)) + "/a.onnx";

        Assert.Contains("64 segments", Assert.Throws<ArchiveException>(() => ArchiveLayout.Of(Entries($"a.onnx {path}"))).Message);
    }

    private static List<ArchiveEntry> Entries(string paths) =>
        [.. paths.Split(' ').Select(path => new ArchiveEntry(path, 1, () => Stream.Null))];
}
