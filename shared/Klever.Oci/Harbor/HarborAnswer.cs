using System.Text.Json.Nodes;

namespace Klever.Oci.Harbor;

/// <summary>A successful answer of the REST API.</summary>
/// <param name="Total">Entries of the whole listing, by X-Total-Count; Harbor's Link header is relative and unescaped, so pages
/// are counted instead of followed.</param>
internal sealed record HarborAnswer(JsonNode? Body, int? Total, Uri? Location);
