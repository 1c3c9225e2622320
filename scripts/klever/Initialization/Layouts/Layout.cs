using Klever.Models;

namespace Klever.CommandLine.Initialization.Layouts;

/// <summary>How files are laid out for one kind of server: the table of what <c>--layout</c> takes.</summary>
internal sealed class Layout
{
    public static readonly Layout Triton = new("triton", TritonLayout.Plan);
    public static readonly Layout TensorFlowServing = new("tfserving", PlanTensorFlowServing);
    public static readonly Layout MLServer = new("mlserver", MLServerLayout.Plan);
    public static readonly Layout MLflow = new("mlflow", PlanMLflow);
    public static readonly Layout Pmml = new("pmml", PlanPmml);
    public static readonly Layout Plain = new("plain", PlanPlain) { IsForAServer = false };
    public static readonly Layout Ormb = new("ormb", PlanOrmb) { IsForAServer = false };

    private readonly Func<LayoutInput, LayoutPlan> _plan;

    private Layout(string name, Func<LayoutInput, LayoutPlan> plan) => (Name, _plan) = (name, plan);

    public static IReadOnlyList<Layout> All { get; } = [Triton, TensorFlowServing, MLServer, MLflow, Pmml, Plain, Ormb];

    public string Name { get; }

    /// <summary>Whether the format matters and the directory bears the name of the model.</summary>
    public bool IsForAServer { get; private init; } = true;

    /// <exception cref="UsageException">There is no layout of this name.</exception>
    public static Layout Parse(string name) => All.FirstOrDefault(l => l.Name == name) ?? throw new UsageException(
        $"\"{Excerpt.Of(name)}\" is not a layout; known are {string.Join(", ", All.Select(l => l.Name))}.");

    /// <exception cref="LayoutException">Files are missing, or the server cannot run the format.</exception>
    public LayoutPlan Plan(LayoutInput input) => _plan(input);

    // Keras leaves more .pb files beside the graph; they stay there, and so does whatever else the server passes over.
    private static LayoutPlan PlanTensorFlowServing(LayoutInput input)
    {
        Require(input, ModelFormat.SavedModel, "TensorFlow Serving");
        _ = MainFile.Find(input, ModelFormat.SavedModel.Requires[0]);
        return new LayoutPlan(MainFile.PlaceAll(input, "1/"));
    }

    private static LayoutPlan PlanMLflow(LayoutInput input)
    {
        Require(input, ModelFormat.MLflow, "the layout mlflow");
        return MLServerLayout.Plan(input);
    }

    private static LayoutPlan PlanPmml(LayoutInput input)
    {
        Require(input, ModelFormat.Pmml, "a PMML server");
        var main = MainFile.Find(input, ModelFormat.Pmml.Requires[0]);
        return new LayoutPlan(MainFile.Place(input, main, "", "model.pmml"));
    }

    private static LayoutPlan PlanPlain(LayoutInput input) =>
        new(MainFile.PlaceAll(input, "model/"), Description(input));

    // As ORMB's own initializer leaves it: the files in 1/, those of MLflow beside the description.
    private static LayoutPlan PlanOrmb(LayoutInput input) =>
        new(MainFile.PlaceAll(input, input.Format == ModelFormat.MLflow.Name ? "" : "1/"), Description(input));

    private static PlannedDocument Description(LayoutInput input) => new(OrmbFile.FileName, input.OrmbFile.ToYaml());

    private static void Require(LayoutInput input, ModelFormat format, string server)
    {
        if (input.Format != format.Name)
        {
            throw LayoutException.NotSupported($"{server} takes {format}, but the model is {input.Format}.");
        }
    }
}
