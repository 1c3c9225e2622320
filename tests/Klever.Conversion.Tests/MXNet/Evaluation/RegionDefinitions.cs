using Klever.Formats.MXNet;

namespace Klever.Conversion.Tests.MXNet.Evaluation;

/// <summary>What is cut out of features by regions, by <c>roi_align.cc</c> and <c>roi_pooling.cc</c>.</summary>
internal static class RegionDefinitions
{
    public static readonly Dictionary<string, Func<SymbolAttributes, Values[], Values[]>> Table = new()
    {
        ["_contrib_ROIAlign"] = (a, x) => [Align(a, x[0], x[1])],
        ["ROIPooling"] = (a, x) => [Pool(a, x[0], x[1])],
    };

    private static Values Align(SymbolAttributes a, Values x, Values regions)
    {
        var (size, scale) = (a.Integers("pooled_size")!, (float)a.Number("spatial_scale", 1));
        var offset = regions.Size[1] - 4;
        var shift = a.Flag("aligned", false) ? 0.5f : 0;
        var ratio = a.Integer("sample_ratio", -1);
        return Values.Of([regions.Size[0], x.Size[1], (int)size[0], (int)size[1]], p =>
        {
            var image = offset == 0 ? 0 : (int)regions.At([p[0], 0]);
            float[] box = [.. Enumerable.Range(offset, 4).Select(i => (regions.At([p[0], i]) * scale) - shift)];
            var (width, height) = (box[2] - box[0], box[3] - box[1]);
            (width, height) = shift > 0 ? (width, height) : (Math.Max(width, 1), Math.Max(height, 1));
            var (binX, binY) = (width / size[1], height / size[0]);
            var rows = ratio > 0 ? ratio : (int)Math.Ceiling(binY);
            var columns = ratio > 0 ? ratio : (int)Math.Ceiling(binX);
            var sum = 0f;
            for (var row = 0; row < rows; row++)
            {
                for (var column = 0; column < columns; column++)
                {
                    sum += Between(
                        x, image, p[1],
                        box[1] + (p[2] * binY) + ((row + 0.5f) * binY / rows),
                        box[0] + (p[3] * binX) + ((column + 0.5f) * binX / columns));
                }
            }

            return sum / (rows * columns);
        });
    }

    private static float Between(Values x, int image, int channel, float row, float column)
    {
        var (height, width) = (x.Size[2], x.Size[3]);
        if (row < -1 || row > height || column < -1 || column > width)
        {
            return 0;
        }

        (row, column) = (Math.Clamp(row, 0, height - 1), Math.Clamp(column, 0, width - 1));
        var (top, left) = ((int)row, (int)column);
        var (bottom, right) = (Math.Min(top + 1, height - 1), Math.Min(left + 1, width - 1));
        var (y, z) = (row - top, column - left);
        return ((1 - y) * (1 - z) * x.At([image, channel, top, left])) + ((1 - y) * z * x.At([image, channel, top, right]))
            + (y * (1 - z) * x.At([image, channel, bottom, left])) + (y * z * x.At([image, channel, bottom, right]));
    }

    private static Values Pool(SymbolAttributes a, Values x, Values regions)
    {
        var (size, scale) = (a.Integers("pooled_size")!, (float)a.Number("spatial_scale", 1));
        return Values.Of([regions.Size[0], x.Size[1], (int)size[0], (int)size[1]], p =>
        {
            int[] box = [.. Enumerable.Range(1, 4).Select(i => (int)MathF.Round(regions.At([p[0], i]) * scale, MidpointRounding.AwayFromZero))];
            var (top, bottom) = Bounds(p[2], box[1], box[3], size[0], x.Size[2]);
            var (left, right) = Bounds(p[3], box[0], box[2], size[1], x.Size[3]);
            var largest = float.MinValue;
            for (var place = 0; place < (bottom - top) * (right - left); place++)
            {
                largest = Math.Max(largest, x.At([(int)regions.At([p[0], 0]), p[1], top + (place / (right - left)), left + (place % (right - left))]));
            }

            return bottom <= top || right <= left ? 0 : largest;
        });
    }

    private static (int Start, int End) Bounds(int place, int start, int end, long parts, int length)
    {
        var bin = (float)Math.Max(end - start + 1, 1) / parts;
        return (
            Math.Clamp((int)MathF.Floor(place * bin) + start, 0, length),
            Math.Clamp((int)MathF.Ceiling((place + 1) * bin) + start, 0, length));
    }
}
