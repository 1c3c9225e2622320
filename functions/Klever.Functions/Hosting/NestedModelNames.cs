namespace Klever.Functions.Hosting;

/// <summary>Lets names of models hold slashes in a URL: <c>…/models/nlp/bert/versions/v1</c> is routed as <c>…/models/nlp%2Fbert/…</c>,
/// which callers may write as well.</summary>
internal static class NestedModelNames
{
    private const string Versions = "versions";
    private static readonly string[] Verbs = ["upload", "download"];

    public static void UseNestedModelNames(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        context.Request.Path = Fold(context.Request.Path);
        return next(context);
    });

    internal static PathString Fold(PathString path)
    {
        const int ModelStart = 6;
        var segments = (path.Value ?? "").Split('/');
        if (segments.Length <= ModelStart + 1 || segments is not ["", "api", "v1alpha1", "projects", _, "models", ..])
        {
            return path;
        }

        var end = ModelEnd(segments, ModelStart);
        var model = string.Join("%2F", segments[ModelStart..end]);
        return new PathString(string.Join('/', [.. segments[..ModelStart], model, .. segments[end..]]));
    }

    // The model ends before the last "versions" that only a version and a verb follow.
    private static int ModelEnd(string[] segments, int start)
    {
        var length = segments.Length;
        return length - 3 > start && segments[^3] == Versions && Verbs.Contains(segments[^1]) ? length - 3
            : length - 2 > start && segments[^2] == Versions ? length - 2
            : length - 1 > start && segments[^1] == Versions ? length - 1
            : length;
    }
}
