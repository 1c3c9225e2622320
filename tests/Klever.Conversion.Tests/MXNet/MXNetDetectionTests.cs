namespace Klever.Conversion.Tests.MXNet;

/// <summary>Operations of detectors: what becomes of boxes, and what is cut out by regions.</summary>
public class MXNetDetectionTests
{
    // Class, score and two corners of each of 24 boxes; scores and classes repeat.
    private const string Boxes =
        """
        input x 2,24,6
        class_raw = slice_axis(x) axis=2 begin=0 end=1
        class_scaled = _mul_scalar(class_raw) scalar=2
        class = floor(class_scaled)
        score_raw = slice_axis(x) axis=2 begin=1 end=2
        score_scaled = _mul_scalar(score_raw) scalar=8
        score_whole = floor(score_scaled)
        score = _div_scalar(score_whole) scalar=8
        low = slice_axis(x) axis=2 begin=2 end=4
        size_raw = slice_axis(x) axis=2 begin=4 end=6
        size = abs(size_raw)
        high = elemwise_add(low, size)
        corners = Concat(class, score, low, high) dim=2
        centers = Concat(class, score, low, size) dim=2
        behind = Concat(low, high, score, class) dim=2

        """;

    // Probabilities of three classes and the background, moves and anchors of 24 boxes.
    private const string Anchors =
        """
        input p 2,4,24
        input m 2,96
        probabilities = softmax(p) axis=1
        weight z 1,4,4,6
        anchors = _contrib_MultiBoxPrior(z) sizes=(0.4,)

        """;

    [Theory]
    [InlineData("box_nms(corners) id_index=0")]
    [InlineData("box_nms(corners) id_index=0 overlap_thresh=0.1 valid_thresh=-2 background_id=1")]
    [InlineData("box_nms(corners) id_index=0 overlap_thresh=0.1 force_suppress=True topk=7")]
    [InlineData("box_nms(corners) overlap_thresh=0.3 valid_thresh=-0.5 topk=20")]
    [InlineData("box_nms(corners) overlap_thresh=0.45 valid_thresh=2")]
    [InlineData("box_nms(corners) topk=0")]
    [InlineData("box_nms(corners) id_index=0 out_format=center")]
    [InlineData("box_nms(centers) id_index=0 in_format=center out_format=corner overlap_thresh=0.3")]
    [InlineData("box_nms(centers) in_format=center out_format=center overlap_thresh=0.3")]
    [InlineData("box_nms(behind) coord_start=0 score_index=4 id_index=5 overlap_thresh=0.2 out_format=center")]
    [InlineData("box_nms(x) id_index=0 overlap_thresh=0.1 valid_thresh=-1")]
    [InlineData("Reshape(corners) shape=(4,12,6) want=(4,12,6)\nq = Reshape(y) shape=(2,2,12,6) want=(2,2,12,6)\nn = box_nms(q) topk=9")]
    [InlineData("Reshape(corners) shape=(48,6) want=(48,6)\nn = box_nms(y) id_index=0 overlap_thresh=0.3")]
    public void BoxSuppression_KeepsTheSameBoxes(string operation)
    {
        var symbol = new TestSymbol($"{Boxes}y = {operation}");

        MXNetComparison.AssertSame(symbol);
        MXNetComparison.AssertSame(symbol, opset: 11);
        MXNetComparison.AssertSame(symbol, opset: 17);
    }

    [Theory]
    [InlineData("_contrib_MultiBoxPrior(z) sizes=(0.2,0.5) ratios=(1,2,0.5)")]
    [InlineData("_contrib_MultiBoxPrior(z) sizes=(0.2,0.5) ratios=(2,3) clip=True steps=(0.3,0.2) offsets=(0.25,0.75)")]
    [InlineData("Reshape(m) shape=(0,24,4) want=(2,24,4)\nq = _contrib_box_decode(y, anchors) std0=0.1 std1=0.2 std2=0.3 std3=0.4 format=corner")]
    [InlineData("Reshape(m) shape=(0,24,4) want=(2,24,4)\nq = _contrib_box_decode(y, anchors) clip=0.4")]
    [InlineData("Reshape(m) shape=(0,24,4) want=(2,24,4)\nq = _contrib_box_iou(y, anchors)")]
    [InlineData("Reshape(m) shape=(0,24,4) want=(2,24,4)\nq = _contrib_box_iou(y, y) format=center")]
    [InlineData("_contrib_MultiBoxDetection(probabilities, m, anchors)")]
    [InlineData("_contrib_MultiBoxDetection(probabilities, m, anchors) threshold=0.45 nms_threshold=0.3 clip=False")]
    [InlineData("_contrib_MultiBoxDetection(probabilities, m, anchors) threshold=0.3 nms_topk=5 force_suppress=True")]
    [InlineData("_contrib_MultiBoxDetection(probabilities, m, anchors) threshold=0.99 variances=(0.2,0.2,0.4,0.4)")]
    public void Anchors_GiveTheSameBoxes(string operation)
    {
        MXNetComparison.AssertSame(new TestSymbol($"{Anchors}y = {operation}"));
    }

    [Theory]
    [InlineData("_contrib_Proposal(scores, m, image) threshold=0.5 rpn_pre_nms_top_n=40 rpn_post_nms_top_n=12 rpn_min_size=9", 1)]
    [InlineData("_contrib_Proposal(scores, m, image) threshold=0.3 rpn_pre_nms_top_n=10 rpn_post_nms_top_n=20 rpn_min_size=2", 1)]
    [InlineData("_contrib_MultiProposal(scores, m, image) threshold=0.4 rpn_post_nms_top_n=30", 2)]
    public void Proposals_AreTheSame(string operation, int images)
    {
        MXNetComparison.AssertSame(new TestSymbol(
            $"""
            input p {images},8,5,6
            input m {images},16,5,6
            positive i 1,3
            sides_raw = slice_axis(i) axis=1 begin=0 end=2
            sides = _mul_scalar(sides_raw) scalar=30
            scale = slice_axis(i) axis=1 begin=2 end=3
            image_row = Concat(sides, scale) dim=1
            image = tile(image_row) reps=({images},1)
            scores = sigmoid(p)
            y = {operation} feature_stride=8 scales=(1,2) ratios=(0.5,1.5)
            heads y y:1
            """));
    }

    [Theory]
    [InlineData("_contrib_ROIAlign(x, regions) pooled_size=(3,2) spatial_scale=0.5")]
    [InlineData("_contrib_ROIAlign(x, regions) pooled_size=(2,2) spatial_scale=1.0 sample_ratio=2")]
    [InlineData("_contrib_ROIAlign(x, boxes) pooled_size=(2,3) spatial_scale=0.7")]
    [InlineData("ROIPooling(x, regions) pooled_size=(3,2) spatial_scale=0.5")]
    [InlineData("ROIPooling(x, regions) pooled_size=(2,2) spatial_scale=1.0")]
    public void Regions_GiveTheSameNumbers(string operation)
    {
        MXNetComparison.AssertSame(Regions(operation));
        MXNetComparison.AssertSame(Regions(operation), opset: 16);
    }

    [Fact]
    public void AlignedRegions_GiveTheSameNumbers_FromTheOpsetThatHasThem()
    {
        var symbol = Regions("_contrib_ROIAlign(x, regions) pooled_size=(3,2) spatial_scale=0.5 aligned=True");

        MXNetComparison.AssertSame(symbol, opset: 16);
        Assert.Contains("aligned = True needs operator set 16 or later", MXNetComparison.AssertRefused(symbol).Message, StringComparison.Ordinal);
    }

    // Some regions reach out of the image, and some have no size.
    private static TestSymbol Regions(string operation) => new(
        $"""
        input x 2,3,9,10
        input s 7,2
        index i 7,1
        index t 7,2
        start_wide = _mul_scalar(s) scalar=6
        start = _plus_scalar(start_wide) scalar=3
        size = _mul_scalar(t) scalar=3.3
        end = elemwise_add(start, size)
        boxes = Concat(start, end) dim=1
        image = _minimum_scalar(i) scalar=1
        regions = Concat(image, boxes) dim=1
        y = {operation}
        """);
}
