using System.Text.Json.Serialization;

namespace Klever.Functions.Models.Upload;

/// <summary>JSON of the state store and of the answers.</summary>
[JsonSourceGenerationOptions(
    System.Text.Json.JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(UploadState))]
[JsonSerializable(typeof(UploadResult))]
[JsonSerializable(typeof(UploadProgress))]
internal sealed partial class UploadJson : JsonSerializerContext;
