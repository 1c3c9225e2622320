using System.Runtime.InteropServices;
using System.Text;
using Klever.Models;

namespace Klever.CommandLine.Verification;

/// <summary>A model that ONNX Runtime has loaded.</summary>
internal sealed unsafe class OnnxRuntimeSession : IDisposable
{
    private const int WarningsAndErrors = 3;
    private readonly OnnxRuntime _runtime;
    private readonly nint _environment;
    private readonly nint _options;
    private readonly nint _session;
    private readonly nint _memory;

    /// <exception cref="OnnxRuntimeException">It is not a model that can be loaded.</exception>
    public OnnxRuntimeSession(OnnxRuntime runtime, string path)
    {
        _runtime = runtime;
        try
        {
            fixed (nint* environment = &_environment, options = &_options, session = &_session, memory = &_memory)
            fixed (byte* name = "klever\0"u8, file = PathBytes(path))
            {
                Check(((delegate* unmanaged[Cdecl]<int, byte*, nint*, nint>)Function(OnnxRuntimeFunction.CreateEnv))(
                    WarningsAndErrors, name, environment));
                Check(((delegate* unmanaged[Cdecl]<nint*, nint>)Function(OnnxRuntimeFunction.CreateSessionOptions))(options));
                Check(((delegate* unmanaged[Cdecl]<nint, byte*, nint, nint*, nint>)Function(OnnxRuntimeFunction.CreateSession))(
                    _environment, file, _options, session));
                Check(((delegate* unmanaged[Cdecl]<int, int, nint*, nint>)Function(OnnxRuntimeFunction.CreateCpuMemoryInfo))(
                    0, 0, memory));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Runs the model once.</summary>
    /// <returns>The outputs as they came: names, types and sizes.</returns>
    public IReadOnlyList<Tensor> Run(IReadOnlyList<MadeInput> inputs, IReadOnlyList<string> outputs)
    {
        var values = new nint[inputs.Count];
        var results = new nint[outputs.Count];
        var names = inputs.Select(input => input.Name).Concat(outputs).Select(Marshal.StringToCoTaskMemUTF8).ToArray();
        try
        {
            for (var i = 0; i < inputs.Count; i++)
            {
                values[i] = Value(inputs[i]);
            }

            fixed (nint* name = names, value = values, result = results)
            {
                var run = (delegate* unmanaged[Cdecl]<nint, nint, nint*, nint*, nuint, nint*, nuint, nint*, nint>)Function(
                    OnnxRuntimeFunction.Run);
                Check(run(
                    _session, 0, name, value, (nuint)values.Length, name + values.Length, (nuint)results.Length, result));
            }

            return [.. outputs.Select((name, i) => Describe(name, results[i]))];
        }
        finally
        {
            Array.ForEach([.. values, .. results], value => _runtime.Release(OnnxRuntimeFunction.ReleaseValue, value));
            Array.ForEach(names, Marshal.FreeCoTaskMem);
        }
    }

    public void Dispose()
    {
        _runtime.Release(OnnxRuntimeFunction.ReleaseMemoryInfo, _memory);
        _runtime.Release(OnnxRuntimeFunction.ReleaseSession, _session);
        _runtime.Release(OnnxRuntimeFunction.ReleaseSessionOptions, _options);
        _runtime.Release(OnnxRuntimeFunction.ReleaseEnv, _environment);
    }

    private nint Value(MadeInput input)
    {
        nint value;
        fixed (long* size = input.Size)
        {
            var create = (delegate* unmanaged[Cdecl]<nint, void*, nuint, long*, nuint, int, nint*, nint>)Function(
                OnnxRuntimeFunction.CreateTensorWithDataAsOrtValue);
            Check(create(_memory, input.Data, input.Bytes, size, (nuint)input.Size.Length, input.ElementType, &value));
        }

        return value;
    }

    private Tensor Describe(string name, nint value)
    {
        nint information;
        Check(((delegate* unmanaged[Cdecl]<nint, nint*, nint>)Function(OnnxRuntimeFunction.GetTensorTypeAndShape))(value, &information));
        try
        {
            int type;
            nuint rank;
            Check(((delegate* unmanaged[Cdecl]<nint, int*, nint>)Function(OnnxRuntimeFunction.GetTensorElementType))(information, &type));
            Check(((delegate* unmanaged[Cdecl]<nint, nuint*, nint>)Function(OnnxRuntimeFunction.GetDimensionsCount))(information, &rank));
            var size = new long[rank];
            fixed (long* dimensions = size)
            {
                Check(((delegate* unmanaged[Cdecl]<nint, long*, nuint, nint>)Function(OnnxRuntimeFunction.GetDimensions))(
                    information, dimensions, rank));
            }

            return new Tensor { Name = name, DType = OnnxElements.Name(type), Size = size };
        }
        finally
        {
            _runtime.Release(OnnxRuntimeFunction.ReleaseTensorTypeAndShapeInfo, information);
        }
    }

    // ORTCHAR_T: wide on Windows.
    private static byte[] PathBytes(string path) =>
        OperatingSystem.IsWindows() ? Encoding.Unicode.GetBytes(path + "\0") : Encoding.UTF8.GetBytes(path + "\0");

    private nint Function(OnnxRuntimeFunction function) => _runtime[function];

    private void Check(nint status) => _runtime.Check(status);
}
