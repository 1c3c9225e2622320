using System.Globalization;

namespace Klever.Formats.Caffe;

/// <summary>The types of <c>V1LayerParameter.LayerType</c> by the names that they have today (Caffe,
/// <c>upgrade_proto.cpp</c>),
/// and those that forks added to that list.</summary>
internal static class LayerTypeNames
{
    private static readonly (int Number, string Old, string Current)[] Types =
    [
        (0, "NONE", ""), (1, "ACCURACY", "Accuracy"), (2, "BNLL", "BNLL"), (3, "CONCAT", "Concat"),
        (4, "CONVOLUTION", "Convolution"), (5, "DATA", "Data"), (6, "DROPOUT", "Dropout"),
        (7, "EUCLIDEAN_LOSS", "EuclideanLoss"), (8, "FLATTEN", "Flatten"), (9, "HDF5_DATA", "HDF5Data"),
        (10, "HDF5_OUTPUT", "HDF5Output"), (11, "IM2COL", "Im2col"), (12, "IMAGE_DATA", "ImageData"),
        (13, "INFOGAIN_LOSS", "InfogainLoss"), (14, "INNER_PRODUCT", "InnerProduct"), (15, "LRN", "LRN"),
        (16, "MULTINOMIAL_LOGISTIC_LOSS", "MultinomialLogisticLoss"), (17, "POOLING", "Pooling"), (18, "RELU", "ReLU"),
        (19, "SIGMOID", "Sigmoid"), (20, "SOFTMAX", "Softmax"), (21, "SOFTMAX_LOSS", "SoftmaxWithLoss"),
        (22, "SPLIT", "Split"), (23, "TANH", "TanH"), (24, "WINDOW_DATA", "WindowData"), (25, "ELTWISE", "Eltwise"),
        (26, "POWER", "Power"), (27, "SIGMOID_CROSS_ENTROPY_LOSS", "SigmoidCrossEntropyLoss"),
        (28, "HINGE_LOSS", "HingeLoss"), (29, "MEMORY_DATA", "MemoryData"), (30, "ARGMAX", "ArgMax"),
        (31, "THRESHOLD", "Threshold"), (32, "DUMMY_DATA", "DummyData"), (33, "SLICE", "Slice"), (34, "MVN", "MVN"),
        (35, "ABSVAL", "AbsVal"), (36, "SILENCE", "Silence"), (37, "CONTRASTIVE_LOSS", "ContrastiveLoss"),
        (38, "EXP", "Exp"), (39, "DECONVOLUTION", "Deconvolution"),
    ];

    private static readonly (string Old, string Current)[] ForkTypes =
    [
        ("CROP", "Crop"), ("BN", "BN"), ("UPSAMPLE", "Upsample"), ("PRELU", "PReLU"), ("ROI_POOLING", "ROIPooling"),
        ("SMOOTH_L1_LOSS", "SmoothL1Loss"), ("PYTHON", "Python"), ("INTERP", "Interp"),
        ("DENSE_IMAGE_DATA", "DenseImageData"), ("RESHAPE", "Reshape"), ("LOG", "Log"), ("REDUCTION", "Reduction"),
        ("EMBED", "Embed"), ("SPP", "SPP"),
    ];

    private static readonly Dictionary<string, string> ByOldName = Types
        .Select(type => (type.Old, type.Current))
        .Concat(ForkTypes)
        .ToDictionary(type => type.Old, type => type.Current, StringComparer.Ordinal);

    /// <summary>The current name of a type that a file gives without quotes: by its name or number; an unknown one as
    /// it is.</summary>
    public static string Current(string word) =>
        int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? Current(number)
            : ByOldName.GetValueOrDefault(word, word);

    public static string Current(long number) =>
        number >= 0 && number < Types.Length ? Types[number].Current : $"type {number}";
}
