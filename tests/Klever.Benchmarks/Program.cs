using Klever.Benchmarks.Cold;
using Klever.Benchmarks.Extract;
using Klever.Benchmarks.Formats;

// Started by scripts/bench, which describes each measurement. "floor" is what ExtractBenchmark starts as a process of its own.
switch (args)
{
    case ["formats", .. var filter]:
        FormatsBenchmark.Run(filter);
        return 0;
    case ["extract", var klever, .. var size]:
        return await ExtractBenchmark.RunAsync(klever, megabytes: size is [var given] ? int.Parse(given) : 1024);
    case ["cold", var programs, .. var rounds]:
        return await ColdBenchmark.RunAsync(programs, rounds is ["--rounds", var count] ? int.Parse(count) : 10);
    case ["floor", var blob]:
        await ExtractFloor.RunAsync(new Uri(blob));
        return 0;
    default:
        Console.Error.WriteLine("use scripts/bench");
        return 2;
}
