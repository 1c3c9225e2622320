using System.Text.Json.Nodes;
using Klever.CommandLine.Output;
using Klever.Models;

namespace Klever.CommandLine.Initialization.Layouts;

/// <summary>A model of MLServer: its files and <c>model-settings.json</c>, whose uri is relative to itself.</summary>
internal static class MLServerLayout
{
    public const string SettingsName = "model-settings.json";

    private static readonly FileRule LightGBM = new("*.bst", "*.txt");

    public static LayoutPlan Plan(LayoutInput input)
    {
        // Settings that came with the model name another model, and MLServer would serve both.
        var model = input with { Files = [.. input.Files.Where(f => f.Path != SettingsName)] };
        return input.Format switch
        {
            "SKLearn" => OfFile(
                model, "mlserver_sklearn.SKLearnModel", MainFile.Find(model, ModelFormat.SKLearn.Requires[0])),
            "XGBoost" => OfXGBoost(model),
            "LightGBM" => OfFile(
                model, "mlserver_lightgbm.LightGBMModel", MainFile.Find(model, LightGBM, preferred: "model.bst")),
            "MLflow" => OfDirectory(model, "mlserver_mlflow.MLflowRuntime", ModelFormat.MLflow.Requires[0]),
            "MLlib" => OfDirectory(model, "mlserver_mllib.MLlibModel", main: null),
            _ => throw LayoutException.NotSupported(
                $"MLServer does not run {input.Format}; it runs SKLearn, XGBoost, LightGBM, MLflow and MLlib."),
        };
    }

    private static LayoutPlan OfXGBoost(LayoutInput input)
    {
        var main = MainFile.Find(input, ModelFormat.XGBoost.Requires[0]);
        var name = XGBoostFile.NameOf(main);
        var isTaken = input.Files.Any(f => f.Path == name);
        return OfFile(input, "mlserver_xgboost.XGBoostModel", main, isTaken ? main.Path : name);
    }

    private static LayoutPlan OfFile(LayoutInput input, string implementation, ModelFile main, string? name = null) =>
        new(
            MainFile.Place(input, main, "", name ?? main.Path),
            new PlannedDocument(SettingsName, Settings(input.Name, implementation, $"./{name ?? main.Path}")));

    private static LayoutPlan OfDirectory(LayoutInput input, string implementation, FileRule? main)
    {
        _ = main is null ? null : MainFile.Find(input, main);
        return new LayoutPlan(
            MainFile.PlaceAll(input), new PlannedDocument(SettingsName, Settings(input.Name, implementation, ".")));
    }

    private static string Settings(string name, string implementation, string uri) => Document.ToJson(new JsonObject
    {
        ["name"] = name,
        ["implementation"] = implementation,
        ["parameters"] = new JsonObject { ["uri"] = uri },
    }) + "\n";
}
