using Klever.Models;

namespace Klever.Formats.TorchScript;

/// <summary>Counts the operations of <c>forward</c> for a model without submodules (frozen, optimised for mobile, or written with
/// functions only). Functions and methods that it calls are followed; what stands in a branch or loop is left out, as it may
/// never run, unless the branch hangs on a constant that the caller passes.</summary>
internal sealed class OperationCounter
{
    private readonly ModelFile _file;
    private readonly ScriptCode _code;
    private readonly ScriptClass _root;
    private readonly List<LayerCount> _counts = [];
    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);
    private long _budget;

    private OperationCounter(ModelFile file, ScriptCode code, ScriptClass root) =>
        (_file, _code, _root, _budget) = (file, code, root, file.Limits.MaximumMetadataBytes);

    public static IReadOnlyList<LayerCount> Count(ModelFile file, ScriptCode code, ScriptClass root, ScriptFunction forward)
    {
        var counter = new OperationCounter(file, code, root);
        counter.CountFunction(forward, new ScriptScope(forward.First), depth: 1);
        return counter._counts;
    }

    private void CountFunction(ScriptFunction function, ScriptScope scope, int depth)
    {
        if (depth > _file.Limits.MaximumDepth)
        {
            throw _file.LimitExceeded($"functions call each other more than {_file.Limits.MaximumDepth} deep");
        }

        foreach (var line in ScriptFlow.Lines(function, scope))
        {
            Charge(line.Length);
            scope.NoteAlias(line);
            foreach (var call in ScriptCall.Find(line))
            {
                CountCall(call, scope, depth);
            }
        }
    }

    private void CountCall(ScriptCall call, ScriptScope scope, int depth)
    {
        if (call.Owner is null && OperationName.Of(call.Path) is { } operation)
        {
            Add(operation);
            return;
        }

        if (FindCallee(call, scope) is { } callee)
        {
            Charge(call.Line.Length - call.Open);
            CountFunction(callee, scope.Enter(callee, call), depth + 1);
        }
    }

    private ScriptFunction? FindCallee(ScriptCall call, ScriptScope scope)
    {
        if (call.Owner is null)
        {
            return _code.FindFunction(scope.Resolve(call.Path));
        }

        return call.Owner == scope.Self ? _root.Methods.GetValueOrDefault(call.Path) : null;
    }

    private void Charge(int characters)
    {
        _budget -= characters;
        if (_budget < 0)
        {
            throw _file.LimitExceeded($"forward runs through more than {_file.Limits.MaximumMetadataBytes} bytes of code");
        }
    }

    private void Add(string operation)
    {
        if (_index.TryGetValue(operation, out var index))
        {
            _counts[index] = _counts[index] with { Count = _counts[index].Count + 1 };
            return;
        }

        _index.Add(operation, _counts.Count);
        _counts.Add(new LayerCount(operation, 1));
    }
}
