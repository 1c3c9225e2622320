namespace Klever.Conversion.Tests.MXNet;

/// <summary>What GluonCV, GluonNLP and GluonTS write around their layers, node by node as they export it.</summary>
public class MXNetBlockTests
{
    // yolo3.py, YOLOOutputV3: two anchors of two classes on each of 3 x 4 places, then the suppression.
    [Fact]
    public void YoloOutput_GivesTheSameBoxes()
    {
        MXNetComparison.AssertSame(new TestSymbol(
            """
            input x 2,5,3,4
            weight w 14,5,1,1
            weight bias 14
            positive anchors 1,1,2,2
            positive grid 1,1,8,8,2
            prediction = Convolution(x, w, bias) kernel=(1,1) num_filter=14
            flat = Reshape(prediction) shape=(0,14,-1) want=(2,14,12)
            turned = transpose(flat) axes=(0,2,1)
            pred = Reshape(turned) shape=(0,-1,2,7) want=(2,12,2,7)
            raw_centers = slice_axis(pred) axis=-1 begin=0 end=2
            raw_scales = slice_axis(pred) axis=-1 begin=2 end=4
            objness = slice_axis(pred) axis=-1 begin=4 end=5
            class_pred = slice_axis(pred) axis=-1 begin=5 end=None
            like = _mul_scalar(x) scalar=0
            cut = slice_like(grid, like) axes=(2,3)
            offsets = Reshape(cut) shape=(1,-1,1,2) want=(1,12,1,2)
            sigmoids = sigmoid(raw_centers)
            moved = broadcast_add(sigmoids, offsets)
            centers = _mul_scalar(moved) scalar=8
            grown = exp(raw_scales)
            scales = broadcast_mul(grown, anchors)
            confidence = sigmoid(objness)
            classes = sigmoid(class_pred)
            class_score = broadcast_mul(classes, confidence)
            wh = _div_scalar(scales) scalar=2.0
            low = elemwise_sub(centers, wh)
            high = elemwise_add(centers, wh)
            bbox = Concat(low, high) dim=-1
            bboxes = tile(bbox) reps=(2,1,1,1,1)
            score_rows = transpose(class_score) axes=(3,0,1,2)
            scores = expand_dims(score_rows) axis=-1
            no_ids = _mul_scalar(scores) scalar=0
            numbers = _arange() start=0 stop=2
            number_rows = Reshape(numbers) shape=(0,1,1,1,1) want=(2,1,1,1,1)
            ids = broadcast_add(no_ids, number_rows)
            detections = Concat(ids, scores, bboxes) dim=-1
            by_item = transpose(detections) axes=(1,0,2,3,4)
            rows = Reshape(by_item) shape=(0,-1,6) want=(2,48,6)
            kept = box_nms(rows) overlap_thresh=0.2 valid_thresh=0.2 topk=30 id_index=0 score_index=1 coord_start=2
            result = slice_axis(kept) axis=1 begin=0 end=20
            """));
    }

    // center_net.py, CenterNetDecoder: the four best places of each item, counted in whole numbers.
    [Fact]
    public void CenterNetDecoder_GivesTheSameBoxes()
    {
        MXNetComparison.AssertSame(new TestSymbol(
            """
            input x 2,3,4,5
            input wh 2,2,4,5
            input reg 2,2,4,5
            shape = shape_array(x)
            sides = SliceChannel(shape) num_outputs=4 axis=0
            area = broadcast_mul(sides:2, sides:3)
            flat = Reshape(x) shape=(0,-1) want=(2,60)
            best = topk(flat) k=4 ret_typ=both
            places = Cast(best:1) dtype=int64
            class_whole = broadcast_div(places, area) whole=True
            class = Cast(class_whole) dtype=float32
            inside = broadcast_mod(places, area)
            row_whole = broadcast_div(inside, sides:3) whole=True
            row = Cast(row_whole) dtype=float32
            column_whole = broadcast_mod(inside, sides:3)
            column = Cast(column_whole) dtype=float32
            center_last = transpose(reg) axes=(0,2,3,1)
            center = Reshape(center_last) shape=(0,-1,2) want=(2,20,2)
            size_last = transpose(wh) axes=(0,2,3,1)
            size = Reshape(size_last) shape=(0,-1,2) want=(2,20,2)
            many = _arange() start=0 stop=256
            items = slice_like(many, center) axes=(0,)
            item_column = expand_dims(items) axis=-1
            item_rows = tile(item_column) reps=(1,4)
            item = Cast(item_rows) dtype=int64
            none = zeros_like(item)
            one = ones_like(item)
            x_rows = Concat(item, inside, none) dim=0
            x_places = Reshape(x_rows) shape=(3,-1) want=(3,8)
            y_rows = Concat(item, inside, one) dim=0
            y_places = Reshape(y_rows) shape=(3,-1) want=(3,8)
            x_flat = gather_nd(center, x_places)
            x_shift = Reshape(x_flat) shape=(-1,4) want=(2,4)
            y_flat = gather_nd(center, y_places)
            y_shift = Reshape(y_flat) shape=(-1,4) want=(2,4)
            w_flat = gather_nd(size, x_places)
            w_pairs = Reshape(w_flat) shape=(-1,4) want=(2,4)
            w = _div_scalar(w_pairs) scalar=2
            xs = broadcast_add(column, x_shift)
            ys = broadcast_add(row, y_shift)
            left = broadcast_sub(xs, w)
            right = broadcast_add(xs, w)
            result = stack(class, best, left, ys, right) axis=-1
            """));
    }

    // transformer.py of GluonNLP: attention with interleaved weights up to the length of each item, then the dense part.
    [Fact]
    public void BertLayer_GivesTheSameNumbers()
    {
        MXNetComparison.AssertSame(new TestSymbol(
            """
            index tokens 3,5
            index lengths_raw 3
            weight words 7,8
            weight places 5,8
            weight wq 8,8
            weight wk 8,8
            weight wv 8,8
            weight bqkv 24
            weight wo 8,8
            weight bo 8
            positive g 8
            weight b 8
            weight w1 16,8
            weight b1 16
            weight w2 8,16
            weight b2 8
            lengths = _plus_scalar(lengths_raw) scalar=2
            embedded = Embedding(tokens, words) input_dim=7 output_dim=8
            steps = _contrib_arange_like(embedded) axis=1
            place = Embedding(steps, places) input_dim=5 output_dim=8
            place_row = expand_dims(place) axis=0
            placed = broadcast_add(embedded, place_row)
            x = SwapAxis(placed) dim1=0 dim2=1
            wq_heads = Reshape(wq) shape=(2,-1,0) reverse=True want=(2,4,8)
            wk_heads = Reshape(wk) shape=(2,-1,0) reverse=True want=(2,4,8)
            wv_heads = Reshape(wv) shape=(2,-1,0) reverse=True want=(2,4,8)
            wide = Concat(wq_heads, wk_heads, wv_heads) dim=-2
            weight_qkv = Reshape(wide) shape=(-1,0) reverse=True want=(24,8)
            qkv = FullyConnected(x, weight_qkv, bqkv) num_hidden=24 flatten=False
            score = _contrib_interleaved_matmul_selfatt_qk(qkv) heads=2
            ones = ones_like(steps)
            ones_row = Reshape(ones) shape=(1,-1) want=(1,5)
            length_column = Reshape(lengths) shape=(-1,1) want=(3,1)
            each = broadcast_mul(ones_row, length_column)
            each_row = expand_dims(each) axis=1
            each_head = broadcast_axis(each_row) axis=1 size=2
            valid = Reshape(each_head) shape=(-1,0) reverse=True want=(6,5)
            weights = softmax(score, valid) axis=-1 use_length=True
            context = _contrib_interleaved_matmul_selfatt_valatt(qkv, weights) heads=2
            projected = FullyConnected(context, wo, bo) num_hidden=8 flatten=False
            sum = elemwise_add(projected, x)
            normed = LayerNorm(sum, g, b) axis=-1 eps=1e-12
            inner = FullyConnected(normed, w1, b1) num_hidden=16 flatten=False
            active = LeakyReLU(inner) act_type=gelu
            outer = FullyConnected(active, w2, b2) num_hidden=8 flatten=False
            both = elemwise_add(outer, normed)
            masked = SequenceMask(both, lengths) use_sequence_length=True
            first = slice_axis(masked) axis=0 begin=0 end=1
            pooled = Reshape(first) shape=(-1,8) want=(3,8)
            last = tanh(pooled)
            """));
    }

    // rnn_cell.py unrolled, as GluonTS does: the first states have a batch that is not known.
    [Fact]
    public void UnrolledCell_GivesTheSameNumbers()
    {
        var lines = new List<string>
        {
            "input x 2,3,4", "weight wi 20,4", "weight bi 20", "weight wh 20,5", "weight bh 20",
            "c0 = _zeros() shape=(0,5)", "h0 = _zeros() shape=(0,5)", "t = SliceChannel(x) axis=1 num_outputs=3 squeeze_axis=True",
        };
        for (var i = 0; i < 3; i++)
        {
            lines.AddRange(
            [
                $"a{i} = FullyConnected(t:{i}, wi, bi) num_hidden=20", $"r{i} = FullyConnected(h{i}, wh, bh) num_hidden=20",
                $"g{i} = broadcast_add(a{i}, r{i})", $"s{i} = SliceChannel(g{i}) axis=1 num_outputs=4",
                $"in{i} = Activation(s{i}:0) act_type=sigmoid", $"forget{i} = Activation(s{i}:1) act_type=sigmoid",
                $"new{i} = Activation(s{i}:2) act_type=tanh", $"out{i} = Activation(s{i}:3) act_type=sigmoid",
                $"kept{i} = broadcast_mul(forget{i}, c{i})", $"added{i} = elemwise_mul(in{i}, new{i})",
                $"c{i + 1} = elemwise_add(kept{i}, added{i})", $"bent{i} = Activation(c{i + 1}) act_type=tanh",
                $"h{i + 1} = elemwise_mul(out{i}, bent{i})",
            ]);
        }

        lines.Add("y = stack(h1, h2, h3) axis=1");

        MXNetComparison.AssertSame(new TestSymbol(string.Join('\n', lines)));
    }
}
