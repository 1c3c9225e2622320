using Klever.Models;
using Klever.Oci.Layout;
using Klever.Oci.Ormb;

namespace Klever.CommandLine.Store;

/// <summary>Where models are kept on this machine: an OCI image layout in <c>$ORMB_HOME/cache</c>, or <c>~/.klever/cache</c>.
/// Names are whole references.</summary>
internal static class LocalStore
{
    public static OciLayoutWriter Open(CommandContext context)
    {
        var home = context.FirstVariable("ORMB_HOME")
            ?? Path.Combine(context.FirstVariable("HOME", "USERPROFILE") ?? ".", ".klever");
        return OciLayoutWriter.Create(Path.Combine(home, "cache"));
    }

    /// <exception cref="UsageException">It was neither saved nor pulled.</exception>
    public static ModelArtifact Find(CommandContext context, ModelReference reference) =>
        ModelArtifacts.TryFind(Open(context).Layout, reference.ToString())
        ?? throw new UsageException($"{reference} is not on this machine: save it or pull it first; \"klever models\" lists what is.");
}
