using Klever.Models;
using Klever.Oci.Layout;
using Klever.Oci.Ormb;

namespace Klever.CommandLine.Store;

/// <summary>Where models are kept on this machine: an OCI image layout in <c>cache</c> below <c>$ORMB_ROOTPATH</c>,
/// <c>$ORMB_HOME</c> or <c>~/.klever</c>. Names are whole references.</summary>
internal static class LocalStore
{
    public static OciLayoutWriter Open(CommandContext context) => OciLayoutWriter.Create(Path.Combine(Home(context), "cache"));

    /// <summary>The directory of everything that klever keeps.</summary>
    public static string Home(CommandContext context) => context.FirstVariable("ORMB_ROOTPATH", "ORMB_HOME")
        ?? Path.Combine(context.FirstVariable("HOME", "USERPROFILE") ?? ".", ".klever");

    /// <exception cref="UsageException">It was neither saved nor pulled.</exception>
    public static ModelArtifact Find(CommandContext context, ModelReference reference) =>
        ModelArtifacts.TryFind(Open(context).Layout, reference.ToString())
        ?? throw new UsageException($"{reference} is not on this machine: save it or pull it first; \"klever models\" lists what is.");
}
