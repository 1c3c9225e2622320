namespace Klever.Formats.TorchScript;

/// <summary>Follows the pickle opcodes that torch.jit writes and gives back what they describe, as plain values and names.
/// Nothing is executed, and an opcode or a name outside of torch.jit's own ends the reading.</summary>
/// <remarks>Values: null, <see cref="bool"/>, <see cref="long"/>, <see cref="double"/>, <see cref="string"/> and the Pickle… types.
/// They may contain themselves, through the memo.</remarks>
internal sealed class PickleMachine
{
    /// <summary>What one pushed value and one container are counted as, of the bytes that a reader may hold.</summary>
    private const int ValueCost = 16;
    private const int ContainerCost = 80;

    private readonly PickleCursor _cursor;
    private readonly List<object?> _stack = [];
    private readonly Stack<int> _marks = new();
    private readonly Dictionary<long, object?> _memo = [];
    private long _budget;

    private PickleMachine(PickleCursor cursor, ReadLimits limits) =>
        (_cursor, _budget) = (cursor, limits.MaximumMetadataBytes / 2);

    /// <param name="name">The pickle's name in the archive; named in errors.</param>
    public static object? Read(ModelFile file, string name, byte[] pickle)
    {
        var machine = new PickleMachine(new PickleCursor(file, name, pickle), file.Limits);
        while (machine._cursor.ReadByte() is var opcode && opcode != PickleOpcode.Stop)
        {
            machine.Step(opcode);
        }

        return machine.Pop();
    }

    private void Step(byte opcode)
    {
        if (TryStepConstant(opcode) || TryStepContainer(opcode))
        {
            return;
        }

        switch (opcode)
        {
            case PickleOpcode.Global:
                Push(ReadGlobal());
                break;
            case PickleOpcode.NewObj:
                Pop<PickleSequence>("a tuple");
                Push(new PickleObject(Pop<PickleGlobal>("a class")), ContainerCost);
                break;
            case PickleOpcode.Reduce:
                Reduce();
                break;
            case PickleOpcode.Build:
                Build();
                break;
            case PickleOpcode.BinPersId:
                Push(new PicklePersistentId(Pop()));
                break;
            default:
                throw _cursor.Refused(opcode);
        }
    }

    private bool TryStepConstant(byte opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Proto:
                _cursor.ReadProtocol();
                return true;
            case PickleOpcode.None:
                Push(null);
                return true;
            case PickleOpcode.NewTrue or PickleOpcode.NewFalse:
                Push(opcode == PickleOpcode.NewTrue);
                return true;
            case PickleOpcode.BinInt or PickleOpcode.BinInt1 or PickleOpcode.BinInt2 or PickleOpcode.Long1:
                Push(_cursor.ReadInteger(opcode));
                return true;
            case PickleOpcode.BinFloat:
                Push(_cursor.ReadDouble());
                return true;
            case PickleOpcode.BinUnicode or PickleOpcode.BinString or PickleOpcode.ShortBinString:
                var text = _cursor.ReadText(opcode);
                Push(text, text.Length * sizeof(char));
                return true;
            case PickleOpcode.BinGet or PickleOpcode.LongBinGet:
                var key = _cursor.ReadIndex(opcode);
                Push(_memo.TryGetValue(key, out var value) ? value : throw _cursor.Invalid($"reads memo {key}, which was not written"));
                return true;
            case PickleOpcode.BinPut or PickleOpcode.LongBinPut:
                Charge(ContainerCost);
                _memo[_cursor.ReadIndex(opcode)] = Peek();
                return true;
            default:
                return false;
        }
    }

    private bool TryStepContainer(byte opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Mark:
                Charge(ValueCost);
                _marks.Push(_stack.Count);
                return true;
            case PickleOpcode.EmptyList or PickleOpcode.EmptyTuple:
                Push(new PickleSequence(opcode == PickleOpcode.EmptyList), ContainerCost);
                return true;
            case PickleOpcode.EmptyDict:
                Push(new PickleDictionary(), ContainerCost);
                return true;
            case PickleOpcode.Tuple:
                PushTuple(_stack.Count - PopMark());
                return true;
            case PickleOpcode.Tuple1 or PickleOpcode.Tuple2 or PickleOpcode.Tuple3:
                PushTuple(opcode - PickleOpcode.Tuple1 + 1);
                return true;
            case PickleOpcode.Append or PickleOpcode.Appends:
                var items = Take(opcode == PickleOpcode.Append ? 1 : _stack.Count - PopMark());
                Peek<PickleSequence>("a list").Items.AddRange(items);
                return true;
            case PickleOpcode.SetItem or PickleOpcode.SetItems:
                SetItems(Take(opcode == PickleOpcode.SetItem ? 2 : _stack.Count - PopMark()));
                return true;
            default:
                return false;
        }
    }

    private PickleGlobal ReadGlobal()
    {
        var global = new PickleGlobal(_cursor.ReadLine(), _cursor.ReadLine());
        Charge(ContainerCost + (global.QualifiedName.Length * sizeof(char)));
        return global.IsExpected
            ? global
            : throw _cursor.Invalid($"names {Models.Excerpt.Of(global.QualifiedName)}, which torch.jit never writes; it was not looked up");
    }

    private void Reduce()
    {
        var arguments = Pop<PickleSequence>("a tuple");
        var function = Pop<PickleGlobal>("a function");
        switch (function)
        {
            case { Module: "collections", Name: "OrderedDict" }:
                Push(new PickleDictionary(), ContainerCost);
                break;
            case { Module: "torch.jit._pickle" } when arguments.Items.Count > 0:
                Push(arguments.Items[0]);
                break;
            default:
                Push(new PickleCall(function, arguments), ContainerCost);
                break;
        }
    }

    private void Build()
    {
        var state = Pop();
        if (Peek() is PickleObject target)
        {
            target.Attributes = state as PickleDictionary;
        }
        else if (Peek() is not PickleCall)
        {
            throw _cursor.Invalid("sets the state of something that is not an object");
        }
    }

    private void SetItems(List<object?> items)
    {
        var target = Peek<PickleDictionary>("a dictionary");
        if (items.Count % 2 != 0)
        {
            throw _cursor.Invalid("sets a dictionary key without a value");
        }

        for (var i = 0; i < items.Count; i += 2)
        {
            target.Items.Add((items[i], items[i + 1]));
        }
    }

    private void PushTuple(int count)
    {
        var tuple = new PickleSequence(isList: false);
        tuple.Items.AddRange(Take(count));
        Push(tuple, ContainerCost);
    }

    private List<object?> Take(int count)
    {
        Require(count);
        Charge((long)count * ValueCost);
        var items = _stack.GetRange(_stack.Count - count, count);
        _stack.RemoveRange(_stack.Count - count, count);
        return items;
    }

    private void Push(object? value, long cost = 0)
    {
        Charge(ValueCost + cost);
        _stack.Add(value);
    }

    private object? Pop()
    {
        var value = Peek();
        _stack.RemoveAt(_stack.Count - 1);
        return value;
    }

    private T Pop<T>(string expected) => Pop() is T value ? value : throw _cursor.Invalid($"finds something that is not {expected}");

    private object? Peek()
    {
        Require(1);
        return _stack[^1];
    }

    private T Peek<T>(string expected) => Peek() is T value ? value : throw _cursor.Invalid($"finds something that is not {expected}");

    private int PopMark() => _marks.TryPop(out var mark) ? mark : throw _cursor.Invalid("ends a group that was not begun");

    /// <summary>Values below an open mark belong to an outer group and are out of reach, as in Python.</summary>
    private void Require(int count)
    {
        var floor = _marks.TryPeek(out var mark) ? mark : 0;
        if (count < 0 || _stack.Count - floor < count)
        {
            throw _cursor.Invalid("takes a value that was not given");
        }
    }

    private void Charge(long cost)
    {
        _budget -= cost;
        if (_budget < 0)
        {
            throw _cursor.TooLarge();
        }
    }
}
