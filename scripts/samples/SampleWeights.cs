namespace Klever.Samples;

/// <summary>Weights that look random and are the same each time, on each machine: multiples of 1/256 between -0.5 and
/// 0.5.</summary>
internal static class SampleWeights
{
    public static float[] Of(params long[] size)
    {
        var weights = new float[size.Aggregate(1L, (product, length) => product * length)];
        var state = 2463534242u;
        for (var i = 0; i < weights.Length; i++)
        {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            weights[i] = ((int)(state >> 24) - 128) / 256f;
        }

        return weights;
    }
}
