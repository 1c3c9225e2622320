using Klever.Formats.MXNet;

namespace Klever.Conversion.Tests.MXNet.Evaluation;

/// <summary>What becomes of boxes, by the loops of <c>bounding_box-inl.h</c> and <c>multibox_*.cc</c>.</summary>
internal static class BoxDefinitions
{
    public static readonly Dictionary<string, Func<SymbolAttributes, Values[], Values[]>> Table = new()
    {
        ["box_nms"] = (a, x) => [a.Integer("topk", -1) == 0 ? x[0] : Suppress(a, x[0])],
        ["_contrib_Proposal"] = ProposalDefinition.Run,
        ["_contrib_MultiProposal"] = ProposalDefinition.Run,
        ["_contrib_box_decode"] = (a, x) => [Decode(a, x)],
        ["_contrib_box_iou"] = (a, x) => [Values.Of([.. x[0].Size[..^1], .. x[1].Size[..^1]], p => Overlap(a, x, p))],
        ["_contrib_MultiBoxPrior"] = (a, x) => [Priors(a, x[0])],
        ["_contrib_MultiBoxDetection"] = (a, x) => [Detect(a, x)],
    };

    private static Values Suppress(SymbolAttributes a, Values x)
    {
        var (count, width) = (x.Size[^2], x.Size[^1]);
        var result = new List<float>();
        foreach (var batch in x.Elements.Chunk(count * width))
        {
            var kept = Kept(a, [.. batch.Chunk(width)]);
            result.AddRange(kept.SelectMany(row => Formatted(a, row)));
            result.AddRange(Enumerable.Repeat(-1f, (count - kept.Count) * width));
        }

        return new Values(x.Size, [.. result]);
    }

    private static List<float[]> Kept(SymbolAttributes a, float[][] rows)
    {
        var (score, id) = ((int)a.Integer("score_index", 1), (int)a.Integer("id_index", -1));
        var background = (float)a.Number("background_id", -1);
        var best = a.Integer("topk", -1) is >= 0 and var k ? (int)k : rows.Length;
        var left = rows.Where(row => row[score] > (float)a.Number("valid_thresh", 0) && (id < 0 || row[id] != background))
            .OrderByDescending(row => row[score]).Take(best).ToList();
        for (var i = 0; i < left.Count; i++)
        {
            for (var j = left.Count - 1; j > i; j--)
            {
                var compares = a.Flag("force_suppress", false) || id < 0 || (int)left[i][id] == (int)left[j][id];
                if (compares && Overlap(a, left[i], left[j]) > (float)a.Number("overlap_thresh", 0.5))
                {
                    left.RemoveAt(j);
                }
            }
        }

        return left;
    }

    private static float Overlap(SymbolAttributes a, float[] first, float[] second)
    {
        var start = (int)a.Integer("coord_start", 2);
        var isCenter = a.Text("in_format") == "center";
        var shared = Shared(first, second, start, isCenter) * Shared(first, second, start + 1, isCenter);
        return shared / (Area(first, start, isCenter) + Area(second, start, isCenter) - shared);
    }

    private static float Shared(float[] first, float[] second, int at, bool isCenter)
    {
        var (lowA, highA) = isCenter ? (first[at] - (first[at + 2] / 2), first[at] + (first[at + 2] / 2)) : (first[at], first[at + 2]);
        var (lowB, highB) = isCenter ? (second[at] - (second[at + 2] / 2), second[at] + (second[at + 2] / 2)) : (second[at], second[at + 2]);
        return Math.Max(0, Math.Min(highA, highB) - Math.Max(lowA, lowB));
    }

    private static float Area(float[] box, int at, bool isCenter)
    {
        var (width, height) = isCenter ? (box[at + 2], box[at + 3]) : (box[at + 2] - box[at], box[at + 3] - box[at + 1]);
        return width < 0 || height < 0 ? 0 : width * height;
    }

    private static float[] Formatted(SymbolAttributes a, float[] row)
    {
        var (from, to) = (a.Text("in_format") ?? "corner", a.Text("out_format") ?? "corner");
        var at = (int)a.Integer("coord_start", 2);
        if (from == to || row[at] < 0)
        {
            return row;
        }

        var (x, y, z, w) = (row[at], row[at + 1], row[at + 2], row[at + 3]);
        float[] box = to == "center"
            ? [(x + z) / 2, (y + w) / 2, z - x, w - y]
            : [x - (z / 2), y - (w / 2), x + (z / 2), y + (w / 2)];
        return [.. row[..at], .. box, .. row[(at + 4)..]];
    }

    private static Values Decode(SymbolAttributes a, Values[] x) => Values.Of(x[0].Size, p =>
    {
        var (axis, isHigh) = (p[2] % 2, p[2] > 1);
        var (first, second) = (x[1].At([0, p[1], axis]), x[1].At([0, p[1], axis + 2]));
        var (center, size) = a.Text("format") == "corner" ? ((first + second) / 2, second - first) : (first, second);
        var growth = x[0].At([p[0], p[1], axis + 2]) * (float)a.Number($"std{axis + 2}", 1);
        growth = a.Number("clip", -1) is > 0 and var clip ? Math.Min(growth, (float)clip) : growth;
        var place = (x[0].At([p[0], p[1], axis]) * (float)a.Number($"std{axis}", 1) * size) + center;
        return place + ((isHigh ? 1 : -1) * MathF.Exp(growth) * size / 2);
    });

    private static float Overlap(SymbolAttributes a, Values[] x, int[] place)
    {
        var isCenter = a.Text("format") == "center";
        float[] first = [.. Enumerable.Range(0, 4).Select(i => x[0].At([.. place[..(x[0].Rank - 1)], i]))];
        float[] second = [.. Enumerable.Range(0, 4).Select(i => x[1].At([.. place[(x[0].Rank - 1)..], i]))];
        var shared = Shared(first, second, 0, isCenter) * Shared(first, second, 1, isCenter);
        return shared > 0 ? shared / (Area(first, 0, isCenter) + Area(second, 0, isCenter) - shared) : 0;
    }

    private static Values Priors(SymbolAttributes a, Values x)
    {
        var (height, width) = (x.Size[2], x.Size[3]);
        var (sizes, ratios) = (a.Numbers("sizes") ?? [1], a.Numbers("ratios") ?? [1]);
        var steps = a.Numbers("steps") ?? [1.0 / height, 1.0 / width];
        var offsets = a.Numbers("offsets") ?? [0.5, 0.5];
        var boxes = new List<float>();
        for (var place = 0; place < height * width; place++)
        {
            var (centerX, centerY) = (((place % width) + offsets[1]) * steps[1], ((place / width) + offsets[0]) * steps[0]);
            foreach (var (size, ratio) in sizes.Select(size => (size, ratios[0])).Concat(ratios.Skip(1).Select(ratio => (sizes[0], ratio))))
            {
                var (w, h) = (size * height / width * Math.Sqrt(ratio) / 2, size / Math.Sqrt(ratio) / 2);
                double[] box = [centerX - w, centerY - h, centerX + w, centerY + h];
                boxes.AddRange(box.Select(v => (float)(a.Flag("clip", false) ? Math.Clamp(v, 0, 1) : v)));
            }
        }

        return new Values([1, boxes.Count / 4, 4], [.. boxes]);
    }

    private static Values Detect(SymbolAttributes a, Values[] x)
    {
        var (batches, classes, count) = (x[0].Size[0], x[0].Size[1], x[0].Size[2]);
        var result = new List<float>();
        for (var batch = 0; batch < batches; batch++)
        {
            var rows = new List<float[]>();
            for (var i = 0; i < count; i++)
            {
                var scores = Enumerable.Range(1, classes - 1).Select(c => x[0].At([batch, c, i])).ToList();
                if (scores.Max() >= (float)a.Number("threshold", 0.01))
                {
                    float[] moves = [.. Enumerable.Range(0, 4).Select(c => x[1].At([batch, (i * 4) + c]))];
                    float[] anchor = [.. Enumerable.Range(0, 4).Select(c => x[2].At([0, i, c]))];
                    rows.Add([scores.IndexOf(scores.Max()), scores.Max(), .. Moved(a, moves, anchor)]);
                }
            }

            result.AddRange(Marked(a, rows).SelectMany(row => row));
            result.AddRange(Enumerable.Repeat(-1f, (count - rows.Count) * 6));
        }

        return new Values([batches, count, 6], [.. result]);
    }

    private static float[] Moved(SymbolAttributes a, float[] moves, float[] anchor)
    {
        var v = a.Numbers("variances") ?? [0.1, 0.1, 0.2, 0.2];
        var box = new float[4];
        for (var axis = 0; axis < 2; axis++)
        {
            var (size, center) = (anchor[axis + 2] - anchor[axis], (anchor[axis] + anchor[axis + 2]) / 2);
            var place = (moves[axis] * (float)v[axis] * size) + center;
            var half = MathF.Exp(moves[axis + 2] * (float)v[axis + 2]) * size / 2;
            (box[axis], box[axis + 2]) = (place - half, place + half);
        }

        return a.Flag("clip", true) ? [.. box.Select(value => Math.Clamp(value, 0, 1))] : box;
    }

    private static List<float[]> Marked(SymbolAttributes a, List<float[]> rows)
    {
        var best = (int)a.Integer("nms_topk", -1) is > 0 and var k ? Math.Min(k, rows.Count) : rows.Count;
        List<float[]> ordered = [.. rows.OrderByDescending(row => row[1]).Take(best), .. rows.Skip(best)];
        ordered = ordered.ConvertAll(row => row.ToArray());
        for (var i = 0; i < ordered.Count; i++)
        {
            foreach (var other in ordered.Skip(i + 1).Where(other => ordered[i][0] >= 0 && other[0] >= 0))
            {
                var compares = a.Flag("force_suppress", false) || ordered[i][0] == other[0];
                var shared = Shared(ordered[i], other, 2, false) * Shared(ordered[i], other, 3, false);
                var overlap = shared / (Area(ordered[i], 2, false) + Area(other, 2, false) - shared);
                other[0] = compares && overlap >= (float)a.Number("nms_threshold", 0.5) ? -1 : other[0];
            }
        }

        return ordered;
    }
}
