// Goldens of single layers.
import { L, chain, defined, golden, indices, one, tf } from './goldens.mjs';

// Layers.
golden('dense', one([5], L.dense({ units: 4, activation: 'tanh', name: 'd' })));
golden('dense_of_sequence', one([3, 5], L.dense({ units: 4, useBias: false, name: 'd' })));
golden('dense_of_open_sequence', one([null, 5], L.dense({ units: 4, name: 'd' })));
for (const activation of ['relu', 'relu6', 'sigmoid', 'softmax', 'elu', 'selu', 'softplus', 'softsign', 'hardSigmoid', 'linear', 'swish', 'mish'])
  golden('activation_' + activation.replace(/[A-Z]/g, c => '_' + c.toLowerCase()), one([6], L.dense({ units: 7, activation, name: 'd' })));
golden('conv2d', one([7, 8, 3], L.conv2d({ filters: 4, kernelSize: [3, 2], strides: [2, 1], padding: 'same', activation: 'relu', name: 'c' })));
golden('conv2d_dilated', one([8, 8, 2], L.conv2d({ filters: 3, kernelSize: 3, dilationRate: 2, useBias: false, name: 'c' })));
golden('conv1d_strided', one([9, 3], L.conv1d({ filters: 4, kernelSize: 3, strides: 2, padding: 'same', name: 'c' })));
golden('conv3d', one([4, 5, 5, 2], L.conv3d({ filters: 3, kernelSize: 2, strides: 1, padding: 'valid', name: 'c' })));
golden('conv2d_transpose_same', one([4, 5, 3], L.conv2dTranspose({ filters: 2, kernelSize: 3, strides: 2, padding: 'same', name: 'c' })));
golden('conv2d_transpose_valid', one([4, 5, 3], L.conv2dTranspose({ filters: 2, kernelSize: 3, strides: 2, padding: 'valid', name: 'c' })));
golden('conv2d_transpose_open', one([null, null, 3], L.conv2dTranspose({ filters: 2, kernelSize: [3, 4], strides: 2, padding: 'valid', name: 'c' })));
golden('depthwise', one([6, 6, 3], L.depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2, strides: 2, padding: 'same', name: 'c' })));
golden('separable', one([6, 6, 3], L.separableConv2d({ filters: 4, kernelSize: 3, depthMultiplier: 2, padding: 'same', name: 'c' })), 2, { settings: { depth_multiplier: 2 } });
golden('batch_normalization_image', one([4, 4, 3], L.batchNormalization({ name: 'b' })));
golden('batch_normalization_plain', one([4, 4, 3], L.batchNormalization({ scale: false, name: 'b' })));
golden('batch_normalization_vector', one([5], L.batchNormalization({ center: false, epsilon: 0.01, name: 'b' })));
golden('layer_normalization', one([4, 6], L.layerNormalization({ name: 'n' })));
golden('pools', one([9, 9, 2], L.maxPooling2d({ poolSize: 3, strides: 2, padding: 'same', name: 'm' }), L.averagePooling2d({ poolSize: 2, strides: 1, padding: 'same', name: 'a' })));
golden('pools_1d', one([9, 2], L.maxPooling1d({ poolSize: 2, name: 'm' }), L.averagePooling1d({ poolSize: 2, strides: 1, name: 'a' })));
golden('pools_3d', one([4, 4, 4, 2], L.maxPooling3d({ poolSize: 2, strides: 1, name: 'm' }), L.averagePooling3d({ poolSize: 2, name: 'a' })));
golden('global_average_2d', one([5, 4, 3], L.globalAveragePooling2d({ name: 'g' })));
golden('global_max_2d', one([5, 4, 3], L.globalMaxPooling2d({ name: 'g' })));
golden('global_average_1d', one([5, 3], L.globalAveragePooling1d({ name: 'g' })));
golden('global_max_1d', one([5, 3], L.globalMaxPooling1d({ name: 'g' })));
golden('padding_and_cropping', one([5, 6, 2], L.zeroPadding2d({ padding: [[1, 2], [0, 1]], name: 'p' }), L.cropping2D({ cropping: [[2, 0], [1, 1]], name: 'c' })));
golden('up_sampling', one([3, 4, 2], L.upSampling2d({ size: [2, 3], name: 'u' })));
golden('up_sampling_bilinear', one([3, 4, 2], L.upSampling2d({ size: [2, 2], interpolation: 'bilinear', name: 'u' })));
golden('permute_reshape', one([4, 6], L.permute({ dims: [2, 1], name: 'p' }), L.reshape({ targetShape: [3, -1], name: 'r' })));
golden('flatten', one([4, 6], L.permute({ dims: [2, 1], name: 'p' }), L.flatten({ name: 'f' })));
golden('repeat_vector', one([4], L.repeatVector({ n: 3, name: 'r' })));
golden('relu_bounded', one([8], L.reLU({ maxValue: 0.5, name: 'r' })));
golden('leaky_relu', one([8], L.leakyReLU({ alpha: 0.1, name: 'r' })));
golden('thresholded_relu', one([8], L.thresholdedReLU({ theta: 0.3, name: 'r' })));
golden('prelu', one([4, 5, 3], L.prelu({ sharedAxes: [1, 2], name: 'r' })));
golden('embedding', indices(6, L.embedding({ inputDim: 11, outputDim: 4, name: 'e' })), 2, { vocabulary: 11 });
for (const [layer, make] of [['simple_rnn', L.simpleRNN], ['lstm', L.lstm], ['gru', L.gru]]) {
  golden(layer, one([5, 3], make({ units: 4, name: 'r' })));
  golden(layer + '_sequences', one([5, 3], make({ units: 4, returnSequences: true, goBackwards: true, name: 'r' })));
  golden(layer + '_open', one([null, 3], make({ units: 4, recurrentActivation: 'sigmoid', name: 'r' })));
  golden(layer + '_open_sequences', one([null, 3], make({ units: 4, returnSequences: true, name: 'r' })));
}
golden('bidirectional', one([5, 3], L.bidirectional({ layer: L.lstm({ units: 4, returnSequences: true }), mergeMode: 'concat', name: 'b' })));
golden('bidirectional_sum_open', one([null, 3], L.bidirectional({ layer: L.gru({ units: 4 }), mergeMode: 'sum', name: 'b' })));
golden('time_distributed', one([4, 6, 6, 2], L.timeDistributed({ layer: L.conv2d({ filters: 3, kernelSize: 3 }), name: 't' })));
{
  const a = tf.input({ shape: [4, 3], name: 'a' }), b = tf.input({ shape: [4, 3], name: 'b' });
  const merged = ['add', 'multiply', 'average', 'maximum', 'minimum'].map(m => L[m]({ name: m }).apply([a, b]));
  const joined = L.concatenate({ axis: 1, name: 'joined' }).apply([...merged, a]);
  golden('merges', tf.model({ inputs: [a, b], outputs: [joined, L.dot({ axes: [2, 2], name: 'dot' }).apply([a, b])] }));
  const v = tf.input({ shape: [5], name: 'v' }), w = tf.input({ shape: [5], name: 'w' });
  golden('cosine', tf.model({ inputs: [v, w], outputs: L.dot({ axes: -1, normalize: true, name: 'cos' }).apply([v, w]) }));
}
golden('rescaling', one([3, 3, 1], tf.layers.rescaling({ scale: 0.5, offset: 0.25, name: 'r' })));

// What tfjs-layers lacks.
const sigmoid = x => tf.sigmoid(x);
defined('gru_reset_after', { class_name: 'GRU', config: { units: 4, activation: 'tanh', recurrent_activation: 'sigmoid', use_bias: true, reset_after: true } },
  [5, 3], [['kernel', [3, 12]], ['recurrent_kernel', [4, 12]], ['bias', [2, 12]]], (x, k, r, b) => {
    let h = tf.zeros([2, 4]);
    for (const step of tf.unstack(x, 1)) {
      const [xz, xr, xh] = tf.split(tf.add(tf.matMul(step, k), b.slice([0, 0], [1, 12])), 3, 1);
      const [hz, hr, hh] = tf.split(tf.add(tf.matMul(h, r), b.slice([1, 0], [1, 12])), 3, 1);
      const z = sigmoid(tf.add(xz, hz)), reset = sigmoid(tf.add(xr, hr));
      h = tf.add(tf.mul(z, h), tf.mul(tf.sub(1, z), tf.tanh(tf.add(xh, tf.mul(reset, hh)))));
    }
    return h;
  });
defined('multi_head_attention', { class_name: 'MultiHeadAttention', calls: 2, config: { num_heads: 2, key_dim: 3, value_dim: 4, use_bias: true } },
  [5, 6], [['query/kernel', [6, 2, 3]], ['query/bias', [2, 3]], ['key/kernel', [6, 2, 3]], ['key/bias', [2, 3]],
    ['value/kernel', [6, 2, 4]], ['value/bias', [2, 4]], ['attention_output/kernel', [2, 4, 6]], ['attention_output/bias', [6]]],
  (x, qk, qb, kk, kb, vk, vb, ok, ob) => {
    const project = (k, b) => tf.add(tf.einsum('abc,cde->abde', x, k), b);
    const scores = tf.softmax(tf.mul(tf.einsum('bqhd,bkhd->bhqk', project(qk, qb), project(kk, kb)), 1 / Math.sqrt(3)));
    const joined = tf.einsum('bhqk,bkhd->bqhd', scores, project(vk, vb));
    return tf.add(tf.matMul(tf.reshape(joined, [2, 5, 8]), tf.reshape(ok, [1, 8, 6]).tile([2, 1, 1])), ob);
  });
defined('elu_scaled', { class_name: 'ELU', config: { alpha: 0.7 } }, [9], [], x => tf.where(tf.greater(x, 0), x, tf.mul(tf.expm1(x), 0.7)));
defined('softmax_of_axis', { class_name: 'Softmax', config: { axis: 1 } }, [4, 5], [], x => tf.transpose(tf.softmax(tf.transpose(x, [0, 2, 1])), [0, 2, 1]));
defined('depthwise_dilated', { class_name: 'DepthwiseConv2D', config: { kernel_size: [3, 3], dilation_rate: [2, 2], depth_multiplier: 2, padding: 'same' } },
  [8, 8, 2], [['depthwise_kernel', [3, 3, 2, 2]], ['bias', [4]]],
  (x, k, b) => tf.add(tf.depthwiseConv2d(x, k, 1, 'same', 'NHWC', 2), b));
defined('gelu', { class_name: 'Activation', config: { activation: 'gelu' } }, [9], [],
  x => tf.mul(tf.mul(x, 0.5), tf.add(1, tf.erf(tf.div(x, Math.SQRT2)))));
defined('hard_sigmoid_of_keras_3', { class_name: 'Activation', config: { activation: 'hard_sigmoid' } }, [9], [],
  x => tf.div(tf.clipByValue(tf.add(x, 3), 0, 6), 6), '3.4.1');
defined('relu_with_all_settings', { class_name: 'ReLU', config: { max_value: 0.8, negative_slope: 0.25, threshold: 0.1 } }, [12], [],
  x => tf.where(tf.greaterEqual(x, 0.8), tf.onesLike(x).mul(0.8), tf.where(tf.greaterEqual(x, 0.1), x, tf.mul(tf.sub(x, 0.1), 0.25))));
defined('normalization', { class_name: 'Normalization', config: { axis: [-1] } }, [4], [['mean', [4]], ['variance', [4]]],
  (x, mean, variance) => tf.div(tf.sub(x, mean), tf.sqrt(variance)));
defined('conv1d_causal', { class_name: 'Conv1D', config: { filters: 4, kernel_size: [3], strides: [1], dilation_rate: [2], padding: 'causal' } },
  [9, 3], [['kernel', [3, 3, 4]], ['bias', [4]]],
  (x, k, b) => tf.add(tf.conv1d(tf.pad(x, [[0, 0], [4, 0], [0, 0]]), k, 1, 'valid', 'NWC', 2), b));
defined('conv1d_transpose', { class_name: 'Conv1DTranspose', config: { filters: 2, kernel_size: [3], strides: [2], padding: 'same', activation: 'linear' } },
  [4, 3], [['kernel', [3, 2, 3]], ['bias', [2]]],
  (x, k, b) => tf.add(tf.squeeze(tf.conv2dTranspose(tf.expandDims(x, 1), tf.expandDims(k, 0), [2, 1, 8, 2], [1, 2], 'same'), [1]), b));
defined('grouped_convolution', { class_name: 'Conv2D', config: { filters: 4, kernel_size: [3, 3], groups: 2, padding: 'same', activation: 'linear' } },
  [5, 5, 6], [['kernel', [3, 3, 3, 4]], ['bias', [4]]],
  (x, k, b) => {
    const xs = tf.split(x, 2, 3), ks = tf.split(k, 2, 3);
    return tf.add(tf.concat([tf.conv2d(xs[0], ks[0], 1, 'same'), tf.conv2d(xs[1], ks[1], 1, 'same')], 3), b);
  });
