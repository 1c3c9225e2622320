namespace Klever.Formats.TorchScript;

/// <summary>Tells a TorchScript archive from the other zip archives that carry the ending <c>.pt</c>, by the names in it.</summary>
internal sealed class OtherArchive
{
    private bool _hasData;
    private bool _hasCode;
    private bool _hasModelJson;
    private bool _hasExportedProgram;

    /// <param name="name">Name of an entry without the top folder.</param>
    public void Note(string name)
    {
        _hasData |= name == TorchArchive.DataPickle;
        _hasCode |= name.StartsWith(TorchArchive.CodeDirectory, StringComparison.Ordinal) && name.EndsWith(".py", StringComparison.Ordinal);
        _hasModelJson |= name == "model.json";
        _hasExportedProgram |= name is "serialized_exported_program.json" or "archive_format";
    }

    /// <exception cref="ModelReadException">The names are those of something else.</exception>
    public void Refuse(ModelFile file, string top)
    {
        if (_hasData && _hasCode && top.Length > 0)
        {
            return;
        }

        if (_hasModelJson)
        {
            throw file.NotSupported("the model was saved before PyTorch 1.3 (model.json); load it and save it again with a newer one");
        }

        if (_hasExportedProgram)
        {
            throw file.NotSupported("the file is a torch.export program, not TorchScript; save the model with torch.jit.save");
        }

        throw file.NotTheFormat(_hasData && !_hasCode
            ? "the archive holds data.pkl but no code/: it was written by torch.save (a state_dict or a pickled module); "
                + "save the model with torch.jit.save"
            : "the zip archive holds no data.pkl and code/ below one folder, as TorchScript does");
    }
}
