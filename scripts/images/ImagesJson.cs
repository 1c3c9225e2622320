using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Klever.Images;

[JsonSerializable(typeof(JsonObject))]
internal sealed partial class ImagesJson : JsonSerializerContext;
