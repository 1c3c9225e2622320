using Klever.Formats.MXNet;

namespace Klever.Conversion.Tests.MXNet.Evaluation;

/// <summary>Proposal, by the loops of <c>proposal.cc</c>.</summary>
internal static class ProposalDefinition
{
    public static Values[] Run(SymbolAttributes a, Values[] x)
    {
        var (images, wanted) = (x[0].Size[0], (int)a.Integer("rpn_post_nms_top_n", 300));
        var regions = new List<float>();
        var scores = new List<float>();
        for (var image = 0; image < images; image++)
        {
            var before = (int)Math.Min(a.Integer("rpn_pre_nms_top_n", 6000), x[1].Elements.Length / images / 4);
            var kept = Kept(a, [.. Boxes(a, x, image).OrderByDescending(box => box[4]).Take(before)], Math.Min(wanted, before));
            for (var i = 0; i < wanted; i++)
            {
                regions.AddRange([image, .. kept[i % kept.Count][..4]]);
                scores.Add(kept[i % kept.Count][4]);
            }
        }

        return [new Values([images * wanted, 5], [.. regions]), new Values([images * wanted, 1], [.. scores])];
    }

    private static IEnumerable<float[]> Boxes(SymbolAttributes a, Values[] x, int image)
    {
        var stride = (float)a.Number("feature_stride", 16);
        var kinds = (from ratio in a.Numbers("ratios")! from scale in a.Numbers("scales")! select (Ratio: (float)ratio, Scale: (float)scale)).ToList();
        var (height, width, ofImage) = (x[2].At([image, 0]), x[2].At([image, 1]), x[2].At([image, 2]));
        for (var place = 0; place < x[0].Size[2] * x[0].Size[3] * kinds.Count; place++)
        {
            var (kind, column, row) = (place % kinds.Count, place / kinds.Count % x[0].Size[3], place / kinds.Count / x[0].Size[3]);
            var side = MathF.Floor(MathF.Sqrt(MathF.Floor(stride * stride / kinds[kind].Ratio)) + 0.5f);
            var (w, h) = (side * kinds[kind].Scale, MathF.Floor((side * kinds[kind].Ratio) + 0.5f) * kinds[kind].Scale);
            float Move(int i) => x[1].At([image, (kind * 4) + i, row, column]);
            var (centerX, centerY) = ((Move(0) * w) + (0.5f * (stride - 1)) + (column * stride), (Move(1) * h) + (0.5f * (stride - 1)) + (row * stride));
            var (halfX, halfY) = (0.5f * ((MathF.Exp(Move(2)) * w) - 1), 0.5f * ((MathF.Exp(Move(3)) * h) - 1));
            float[] box =
            [
                Math.Clamp(centerX - halfX, 0, width - 1), Math.Clamp(centerY - halfY, 0, height - 1),
                Math.Clamp(centerX + halfX, 0, width - 1), Math.Clamp(centerY + halfY, 0, height - 1),
                row >= (int)(height / stride) || column >= (int)(width / stride) ? -1 : x[0].At([image, kinds.Count + kind, row, column]),
            ];
            var least = a.Integer("rpn_min_size", 16) * ofImage;
            yield return box[2] - box[0] + 1 < least || box[3] - box[1] + 1 < least
                ? [box[0] - (least / 2), box[1] - (least / 2), box[2] + (least / 2), box[3] + (least / 2), -1]
                : box;
        }
    }

    private static List<float[]> Kept(SymbolAttributes a, List<float[]> left, int most)
    {
        for (var i = 0; i < left.Count; i++)
        {
            left = [.. left[..(i + 1)], .. left[(i + 1)..].Where(box => Overlap(left[i], box) <= (float)a.Number("threshold", 0.7))];
        }

        return left[..Math.Min(most, left.Count)];
    }

    private static float Overlap(float[] first, float[] second)
    {
        var width = Math.Max(0, Math.Min(first[2], second[2]) - Math.Max(first[0], second[0]) + 1);
        var height = Math.Max(0, Math.Min(first[3], second[3]) - Math.Max(first[1], second[1]) + 1);
        return width * height / (Area(first) + Area(second) - (width * height));
    }

    private static float Area(float[] box) => (box[2] - box[0] + 1) * (box[3] - box[1] + 1);
}
