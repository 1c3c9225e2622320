using System.Text.Json.Nodes;
using Klever.Kubernetes.Serving.Requests;

namespace Klever.Functions.Servings;

/// <summary>The objects that serve a request.</summary>
/// <param name="Request">What was asked for.</param>
/// <param name="Deployment">The SeldonDeployment.</param>
/// <param name="Route">The VirtualService or HTTPRoute; null when requests are not routed by header.</param>
internal sealed record ComposedServing(ServingRequest Request, JsonObject Deployment, JsonObject? Route);
