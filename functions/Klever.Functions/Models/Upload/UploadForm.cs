using System.Text.Json;
using System.Text.Json.Nodes;
using Klever.Models;

namespace Klever.Functions.Models.Upload;

/// <summary>What the caller says of the model: the field <c>model</c> of the form, or query parameters of a plain body. It goes
/// before what the archive's own <c>ormbfile.yaml</c> says.</summary>
internal sealed class UploadForm
{
    /// <summary>Bytes of the field; a signature of a thousand tensors fits.</summary>
    public const int MaximumBytes = 64 * 1024;

    private const int MaximumDepth = 16;
    private static readonly string[] TextFields = ["author", "description", "format", "framework", "gpuType"];
    private static readonly string[] SignatureParts = ["inputs", "outputs"];
    private readonly JsonObject _fields;

    private UploadForm(JsonObject fields)
    {
        _fields = fields;
        Format = Text("format") is not { Length: > 0 } name ? null
            : ModelFormat.TryParse(name, out var format) ? format
            : throw new UploadException(
                StatusCodes.Status422UnprocessableEntity,
                $"\"{Excerpt.Of(name)}\" is not a model format; known are {string.Join(", ", ModelFormat.All)}.");
        Signature = ReadSignature(fields);
    }

    public static UploadForm Empty { get; } = new([]);

    public ModelFormat? Format { get; }

    private Signature Signature { get; }

    /// <exception cref="BadHttpRequestException">It is not a JSON object.</exception>
    /// <exception cref="UploadException">Its format is unknown, or its inputs or outputs are no tensors.</exception>
    public static UploadForm Parse(string json)
    {
        try
        {
            return JsonNode.Parse(json, documentOptions: new JsonDocumentOptions { MaxDepth = MaximumDepth }) is JsonObject fields
                ? new UploadForm(fields)
                : throw new BadHttpRequestException("The field \"model\" is not a JSON object.");
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            throw new BadHttpRequestException($"The field \"model\" is not JSON: {Excerpt.Of(exception.Message)}");
        }
    }

    /// <summary>The same fields as query parameters, for bodies that are the archive itself.</summary>
    public static UploadForm Of(IQueryCollection query) => new(new JsonObject(
        TextFields.Where(field => query.ContainsKey(field)).Select(field => KeyValuePair.Create(field, (JsonNode?)query[field].ToString()))));

    public string ToJson() => _fields.ToJsonString();

    public OrmbFile ApplyTo(OrmbFile ormbFile)
    {
        foreach (var field in TextFields.Where(field => field != "format"))
        {
            ormbFile = Text(field) is { Length: > 0 } text ? ormbFile.With(field, JsonValue.Create(text)) : ormbFile;
        }

        if (Signature.Inputs.Count == 0 && Signature.Outputs.Count == 0)
        {
            return ormbFile;
        }

        var signature = ormbFile.Get("signature") as JsonObject ?? [];
        var declared = SignatureJson.Write(Signature);
        foreach (var part in SignatureParts.Where(part => declared[part] is JsonArray { Count: > 0 }))
        {
            signature[part] = declared[part]!.DeepClone();
        }

        return ormbFile.With("signature", signature);
    }

    private static Signature ReadSignature(JsonObject fields)
    {
        try
        {
            return SignatureJson.Read(new JsonObject
            {
                ["inputs"] = fields["inputs"]?.DeepClone(),
                ["outputs"] = fields["outputs"]?.DeepClone(),
            });
        }
        catch (OrmbFileException exception)
        {
            throw new UploadException(StatusCodes.Status422UnprocessableEntity, exception.Message);
        }
    }

    private string? Text(string field) =>
        _fields[field] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
}
