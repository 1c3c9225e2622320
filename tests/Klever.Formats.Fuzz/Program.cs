using Klever.Formats.Fuzz;
using SharpFuzz;

// seed <directory> | afl | libfuzzer | try <file>, then the format and, for a model of several files, which of them.
if (args is not [var mode, ..] || args is ["seed" or "try"])
{
    Console.Error.WriteLine("use scripts/fuzz; see the README beside this program");
    return 2;
}

var rest = args.AsSpan(mode is "seed" or "try" ? 2 : 1);
var format = rest.Length > 0 ? rest[0] : Environment.GetEnvironmentVariable("KLEVER_FUZZ_FORMAT");
var file = rest.Length > 1 ? rest[1] : Environment.GetEnvironmentVariable("KLEVER_FUZZ_FILE");
var target = FuzzTarget.Parse(format, string.IsNullOrEmpty(file) ? null : file);
switch (mode)
{
    case "seed":
        target.WriteSeed(args[1]);
        return 0;
    case "try":
        target.Read(File.ReadAllBytes(args[1]));
        return 0;
    case "afl":
        Fuzzer.OutOfProcess.Run(stream =>
        {
            using var content = new MemoryStream();
            stream.CopyTo(content);
            target.Read(content.ToArray());
        });
        return 0;
    default:
        Fuzzer.LibFuzzer.Run(span => target.Read(span.ToArray()));
        return 0;
}
