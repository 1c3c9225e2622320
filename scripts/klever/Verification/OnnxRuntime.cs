using System.Runtime.InteropServices;

namespace Klever.CommandLine.Verification;

/// <summary>ONNX Runtime as a library of this machine, through its C API (onnxruntime_c_api.h): klever carries nothing of it.</summary>
internal sealed unsafe class OnnxRuntime
{
    /// <summary>Names the library where the loader of the system does not find it.</summary>
    public const string PathVariable = "ONNXRUNTIME_LIBRARY";

    // All that is called here is in the first version of the API, and a library serves every version before its own.
    private const uint ApiVersion = 1;
    private static readonly string[] Names = ["libonnxruntime.so", "libonnxruntime.so.1", "libonnxruntime.dylib", "onnxruntime.dll"];

    private readonly nint* _functions;

    private OnnxRuntime(nint* functions, string version)
    {
        _functions = functions;
        Version = version;
    }

    /// <summary>Such as <c>1.20.1</c>.</summary>
    public string Version { get; }

    /// <summary>Null when the library is not on this machine.</summary>
    public static OnnxRuntime? Find(CommandContext context)
    {
        foreach (var name in context.FirstVariable(PathVariable) is { } path ? [path] : Names)
        {
            if (NativeLibrary.TryLoad(name, out var library) && NativeLibrary.TryGetExport(library, "OrtGetApiBase", out var export))
            {
                var table = ((delegate* unmanaged[Cdecl]<nint*>)export)();
                var version = ((delegate* unmanaged[Cdecl]<nint>)table[1])();
                var functions = ((delegate* unmanaged[Cdecl]<uint, nint*>)table[0])(ApiVersion);
                return functions is null ? null : new OnnxRuntime(functions, Marshal.PtrToStringUTF8(version) ?? "?");
            }
        }

        return null;
    }

    /// <summary>The address of a function of the API; its type is that of the caller.</summary>
    public nint this[OnnxRuntimeFunction function] => _functions[(int)function];

    /// <exception cref="OnnxRuntimeException">A function returned an error, and this is what it says.</exception>
    public void Check(nint status)
    {
        if (status == 0)
        {
            return;
        }

        var text = ((delegate* unmanaged[Cdecl]<nint, nint>)this[OnnxRuntimeFunction.GetErrorMessage])(status);
        var message = Marshal.PtrToStringUTF8(text) ?? "an error without a message";
        Release(OnnxRuntimeFunction.ReleaseStatus, status);
        throw new OnnxRuntimeException($"ONNX Runtime {Version} does not run the result: {message}");
    }

    public void Release(OnnxRuntimeFunction function, nint pointer)
    {
        if (pointer != 0)
        {
            ((delegate* unmanaged[Cdecl]<nint, void>)this[function])(pointer);
        }
    }
}
