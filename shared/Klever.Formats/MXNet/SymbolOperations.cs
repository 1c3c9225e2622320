namespace Klever.Formats.MXNet;

/// <summary>Names under which operations were and are known, by the one that the rules use.</summary>
internal static class SymbolOperations
{
    private static readonly (string Name, string Aliases)[] Names =
    [
        ("elemwise_add", "_Plus _plus _add _grad_add _npi_add"),
        ("elemwise_sub", "_Minus _minus _sub _npi_subtract"),
        ("elemwise_mul", "_Mul _mul _npi_multiply"),
        ("elemwise_div", "_Div _div _npi_true_divide"),
        ("_power", "_Power _pow"),
        ("_maximum", "_Maximum"),
        ("_minimum", "_Minimum"),
        ("_plus_scalar", "_PlusScalar _npi_add_scalar"),
        ("_minus_scalar", "_MinusScalar _npi_subtract_scalar"),
        ("_rminus_scalar", "_RMinusScalar _npi_rsubtract_scalar"),
        ("_mul_scalar", "_MulScalar _npi_multiply_scalar"),
        ("_div_scalar", "_DivScalar _npi_true_divide_scalar"),
        ("_rdiv_scalar", "_RDivScalar _npi_rtrue_divide_scalar"),
        ("_power_scalar", "_PowerScalar _npi_power_scalar"),
        ("_rpower_scalar", "_RPowerScalar"),
        ("_maximum_scalar", "_MaximumScalar"),
        ("_minimum_scalar", "_MinimumScalar"),
        ("broadcast_add", "broadcast_plus"),
        ("broadcast_sub", "broadcast_minus"),
        ("add_n", "ElementWiseSum _sum"),
        ("SoftmaxOutput", "Softmax"),
        ("Flatten", "flatten"),
        ("Reshape", "reshape"),
        ("Concat", "concat _rnn_param_concat"),
        ("Cast", "cast amp_cast"),
        ("slice", "crop"),
        ("Pad", "pad"),
        ("SliceChannel", "split"),
        ("reverse", "flip"),
        ("BlockGrad", "stop_gradient"),
        ("sum", "sum_axis"),
        ("max", "max_axis"),
        ("min", "min_axis"),
        ("_copy", "identity _np_copy"),
        ("SwapAxis", "swapaxes"),
        ("BatchNorm", "BatchNorm_v1 CuDNNBatchNorm _contrib_SyncBatchNorm SyncBatchNorm _npx_batch_norm"),
        ("Convolution", "Convolution_v1 _npx_convolution"),
        ("Deconvolution", "_npx_deconvolution"),
        ("Pooling", "Pooling_v1 _npx_pooling"),
        ("FullyConnected", "_npx_fully_connected"),
        ("Activation", "_npx_activation"),
        ("LeakyReLU", "_npx_leaky_relu"),
        ("Dropout", "_npx_dropout"),
        ("Embedding", "_npx_embedding"),
        ("LayerNorm", "_npx_layer_norm"),
        ("softmax", "_npx_softmax"),
        ("log_softmax", "_npx_log_softmax"),
        ("relu", "_npx_relu"),
        ("sigmoid", "_npx_sigmoid"),
        ("MakeLoss", "make_loss"),
        ("broadcast_axis", "broadcast_axes"),
        ("GroupNorm", "_npx_group_norm"),
        ("box_nms", "_contrib_box_nms _contrib_box_non_maximum_suppression"),
        ("_contrib_MultiBoxPrior", "MultiBoxPrior _npx_multibox_prior"),
        ("_contrib_MultiBoxDetection", "MultiBoxDetection _npx_multibox_detection"),
        ("_contrib_ROIAlign", "ROIAlign"),
        ("RNN", "_npx_rnn"),
        ("transpose", "_np_transpose"),
        ("_linalg_gemm2", "linalg_gemm2"),
        ("negative", "_np_negative"),
        ("_zeros", "_zeros_without_dtype"),
        ("sign", "_np_sign"),
    ];

    private static readonly Dictionary<string, string> ByAlias = Names
        .SelectMany(name => name.Aliases.Split(' ').Select(alias => (alias, name.Name)))
        .ToDictionary(pair => pair.alias, pair => pair.Name, StringComparer.Ordinal);

    public static string Canonical(string operation) => ByAlias.GetValueOrDefault(operation, operation);
}
