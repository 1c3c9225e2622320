namespace Klever.State.Tests.Dapr;

public sealed class DaprStateStoreOverAbortingComponentTests() : DaprStateStoreContract(SidecarBehaviour.Aborting);

public sealed class DaprStateStoreOverFailingComponentTests() : DaprStateStoreContract(SidecarBehaviour.FailingOnCreate);
