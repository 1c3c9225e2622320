using System.Diagnostics;

namespace Klever.Local.Jobs;

/// <summary>One run of a container as a process of this machine, in a session of its own.</summary>
internal sealed class ContainerProcess : IDisposable
{
    private static readonly TimeSpan OutputGrace = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan SignalPause = TimeSpan.FromMilliseconds(5);
    private readonly Process _process;
    private readonly Task _output;

    private ContainerProcess(Process process, Action<string> line)
    {
        _process = process;
        _output = Task.WhenAll(LineReader.ReadAsync(process.StandardOutput, line), LineReader.ReadAsync(process.StandardError, line));
    }

    public int Id => _process.Id;

    /// <param name="line">Gets each line of both outputs.</param>
    /// <exception cref="FileNotFoundException">The program is not there.</exception>
    public static ContainerProcess Start(ProcessPlan plan, Action<string> line)
    {
        CheckProgram(plan);
        var start = new ProcessStartInfo("setsid")
        {
            WorkingDirectory = plan.WorkingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        plan.Command.ToList().ForEach(start.ArgumentList.Add);
        start.Environment.Clear();
        foreach (var (name, value) in plan.Variables)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return new ContainerProcess(process, line);
    }

    /// <returns>The exit code; 128 and the number of the signal when one ended it.</returns>
    public async Task<int> WaitAsync()
    {
        await _process.WaitForExitAsync();
        if (await Task.WhenAny(_output, Task.Delay(OutputGrace)) != _output)
        {
            ProcessGroup.Signal(Id, ProcessGroup.Kill);
        }

        ProcessGroup.Signal(Id, ProcessGroup.Kill);
        return _process.ExitCode;
    }

    /// <summary>Asks the processes to end, and kills what is left after the grace period.</summary>
    public async Task StopAsync(TimeSpan grace)
    {
        var exit = _process.WaitForExitAsync();
        var end = Task.Delay(grace);

        // A process that was started just now is not a group yet, and a signal would be lost.
        while (!ProcessGroup.Signal(Id, ProcessGroup.Terminate) && !exit.IsCompleted && !end.IsCompleted)
        {
            await Task.Delay(SignalPause);
        }

        if (await Task.WhenAny(exit, end) != exit)
        {
            ProcessGroup.Signal(Id, ProcessGroup.Kill);
        }
    }

    public void Dispose() => _process.Dispose();

    private static void CheckProgram(ProcessPlan plan)
    {
        var program = plan.Command[0];
        var candidates = program.Contains('/')
            ? [Path.Combine(plan.WorkingDirectory, program)]
            : plan.Variables["PATH"].Split(':').Select(d => Path.Combine(d, program));
        if (!candidates.Any(File.Exists))
        {
            throw new FileNotFoundException(program.Contains('/')
                ? $"exec: \"{program}\": stat {program}: no such file or directory"
                : $"exec: \"{program}\": executable file not found in $PATH");
        }
    }
}
