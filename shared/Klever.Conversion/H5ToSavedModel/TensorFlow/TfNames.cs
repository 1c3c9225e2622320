namespace Klever.Conversion.H5ToSavedModel.TensorFlow;

/// <summary>Names of nodes: <c>[A-Za-z0-9.][A-Za-z0-9_.\-/]*</c>.</summary>
internal static class TfNames
{
    public static string Legal(string name)
    {
        var characters = name.Select(
            c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-' or '/' ? c : '_').ToArray();
        var legal = new string(characters);
        return legal.Length > 0 && (char.IsAsciiLetterOrDigit(legal[0]) || legal[0] == '.') ? legal : "x" + legal;
    }
}
