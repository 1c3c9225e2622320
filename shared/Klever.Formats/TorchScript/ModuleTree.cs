using Klever.Models;

namespace Klever.Formats.TorchScript;

/// <summary>The modules of a model: attributes whose class the code declares as <c>class X(Module):</c>. A module that is held under
/// two names counts twice, as torch's own walk does.</summary>
internal sealed class ModuleTree
{
    private readonly ModelFile _file;
    private readonly ScriptCode _code;
    private readonly List<LayerCount> _leaves = [];
    private readonly Dictionary<string, int> _leafIndex = new(StringComparer.Ordinal);
    private readonly Dictionary<PickleObject, IReadOnlyList<PickleObject>> _children = [];
    private int _visited;

    private ModuleTree(ModelFile file, ScriptCode code) => (_file, _code) = (file, code);

    /// <returns>Modules without modules of their own, by class name without the mangling, in the order of the pickle; the root is
    /// not one of them.</returns>
    public static IReadOnlyList<LayerCount> CountLeaves(ModelFile file, ScriptCode code, PickleObject root)
    {
        var tree = new ModuleTree(file, code);
        foreach (var child in tree.Children(root))
        {
            tree.Visit(child, depth: 1);
        }

        return tree._leaves;
    }

    private void Visit(PickleObject module, int depth)
    {
        if (depth > _file.Limits.MaximumDepth)
        {
            throw _file.LimitExceeded($"modules are nested more than {_file.Limits.MaximumDepth} deep, or contain themselves");
        }

        if (++_visited > _file.Limits.MaximumNodes)
        {
            throw _file.LimitExceeded($"the model has more than {_file.Limits.MaximumNodes} modules");
        }

        var children = Children(module);
        if (children.Count == 0)
        {
            Count(module.Type.Name);
        }

        foreach (var child in children)
        {
            Visit(child, depth + 1);
        }
    }

    private IReadOnlyList<PickleObject> Children(PickleObject module)
    {
        if (!_children.TryGetValue(module, out var children))
        {
            children = module.Attributes is null
                ? []
                : [.. module.Attributes.Items.Select(attribute => attribute.Value).OfType<PickleObject>().Where(IsModule)];
            _children.Add(module, children);
        }

        return children;
    }

    private bool IsModule(PickleObject candidate) => _code.FindClass(candidate.Type.QualifiedName) is { IsModule: true };

    private void Count(string type)
    {
        if (_leafIndex.TryGetValue(type, out var index))
        {
            _leaves[index] = _leaves[index] with { Count = _leaves[index].Count + 1 };
            return;
        }

        _leafIndex.Add(type, _leaves.Count);
        _leaves.Add(new LayerCount(type, 1));
    }
}
