namespace Klever.Formats.GraphDef.Inference;

/// <summary>Where the axes of an image are: batch first, channels second or last.</summary>
internal readonly struct Layout(int rank, bool isChannelsFirst)
{
    public int Channels => isChannelsFirst ? 1 : rank - 1;

    /// <summary>The first spatial axis.</summary>
    public int Spatial => isChannelsFirst ? 2 : 1;
}
