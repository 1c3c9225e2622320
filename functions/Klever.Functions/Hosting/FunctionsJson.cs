using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Klever.Functions.Cluster;

namespace Klever.Functions.Hosting;

/// <summary>JSON of the REST face; events and cluster objects bring their own contexts.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(JsonArray))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
[JsonSerializable(typeof(LogDetails))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(int?))]
[JsonSerializable(typeof(bool?))]
internal sealed partial class FunctionsJson : JsonSerializerContext;
