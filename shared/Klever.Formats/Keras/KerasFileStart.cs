namespace Klever.Formats.Keras;

/// <summary>Recognises what is often found under the name of an H5 file and is not one.</summary>
internal static class KerasFileStart
{
    public static void Check(ModelFile file)
    {
        Span<byte> start = stackalloc byte[24];
        file.Content.Position = 0;
        start = start[..file.Content.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        if (GitLfsPointer.IsPointer(start))
        {
            throw file.NotTheFormat(GitLfsPointer.Problem, offset: 0);
        }

        if (start.StartsWith("PK\u0003\u0004"u8))
        {
            throw file.NotTheFormat(
                "it is a zip archive, as .keras files are; save the model as H5, with model.save(\"model.h5\")", offset: 0);
        }
    }
}
