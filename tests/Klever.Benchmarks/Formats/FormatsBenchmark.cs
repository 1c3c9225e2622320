using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;
using Klever.Formats;
using Klever.Models;

namespace Klever.Benchmarks.Formats;

/// <summary>Reading a signature, warm, against plainly reading the same files.</summary>
[MemoryDiagnoser(displayGenColumns: false)]
public class FormatsBenchmark
{
    private static readonly string Samples = Directory.CreateTempSubdirectory("klever-bench-").FullName;

    public static IEnumerable<BenchmarkModel> Models => BenchmarkModel.All(Samples);

    [ParamsSource(nameof(Models))]
    public BenchmarkModel Model { get; set; } = null!;

    public static void Run(string[] filter)
    {
        var config = ManualConfig.CreateEmpty()
            .AddJob(Job.ShortRun.WithToolchain(InProcessNoEmitToolchain.Instance))
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddLogger(ConsoleLogger.Default)
            .WithSummaryStyle(SummaryStyle.Default.WithMaxParameterColumnWidth(60))
            .WithArtifactsPath(Path.Combine(Samples, "artifacts"));
        try
        {
            BenchmarkSwitcher.FromTypes([typeof(FormatsBenchmark)]).Run(filter.Length > 0 ? filter : ["--filter", "*"], config);
        }
        finally
        {
            Directory.Delete(Samples, recursive: true);
        }
    }

    [Benchmark(Baseline = true)]
    public long PlainRead() => PlainReading.Read(Model.Directory);

    [Benchmark]
    public Extraction Signature() => SignatureExtractor.FromDirectory(Model.Directory, Model.Format, Klever.Models.Signature.Empty);
}
