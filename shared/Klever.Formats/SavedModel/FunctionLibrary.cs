namespace Klever.Formats.SavedModel;

/// <summary>The functions of a graph: how often each operation occurs in each, and which functions it calls.</summary>
internal sealed class FunctionLibrary
{
    private readonly Dictionary<string, FunctionBody> _functions = new(StringComparer.Ordinal);

    public int Count => _functions.Count;

    public void Add(string name, FunctionBody body) => _functions[name] = body;

    /// <summary>All functions that can be reached from some calls, each once, callers before what they call.</summary>
    public IReadOnlyList<FunctionBody> Reached(IEnumerable<string> calls)
    {
        var reached = new List<FunctionBody>();
        var waiting = new Queue<string>(calls);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (waiting.TryDequeue(out var name))
        {
            if (IsSaving(name) || !_functions.TryGetValue(name, out var body) || !seen.Add(name))
            {
                continue;
            }

            reached.Add(body);
            foreach (var call in body.Calls)
            {
                waiting.Enqueue(call);
            }
        }

        return reached;
    }

    // Written by tf.saved_model.save for checkpoints; no signature that is served needs them.
    private static bool IsSaving(string name) =>
        name.Contains("_traced_save", StringComparison.Ordinal) || name.Contains(
            "_traced_restore", StringComparison.Ordinal);
}
