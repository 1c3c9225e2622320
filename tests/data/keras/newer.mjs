// Goldens of layers and activations that tfjs-layers lacks, by their definition.
import { chain, standard, tf } from './goldens.mjs';

const pointwise = { celu: x => tf.elu(x), hard_shrink: x => tf.where(tf.greater(tf.abs(x), 0.5), x, tf.zerosLike(x)), hard_tanh: x => tf.clipByValue(x, -1, 1),
  log_sigmoid: x => tf.neg(tf.softplus(tf.neg(x))), soft_shrink: x => tf.mul(tf.sign(x), tf.relu(tf.sub(tf.abs(x), 0.5))),
  sparse_plus: x => tf.where(tf.lessEqual(x, -1), tf.zerosLike(x), tf.where(tf.less(x, 1), tf.mul(0.25, tf.square(tf.add(x, 1))), x)),
  sparse_sigmoid: x => tf.clipByValue(tf.mul(0.5, tf.add(x, 1)), 0, 1), squareplus: x => tf.mul(0.5, tf.add(x, tf.sqrt(tf.add(tf.square(x), 4)))),
  tanh_shrink: x => tf.sub(x, tf.tanh(x)), log_softmax: x => tf.logSoftmax(x), hard_silu: x => tf.mul(x, tf.div(tf.relu6(tf.add(x, 3)), 6)),
  leaky_relu: x => tf.leakyRelu(x, 0.2), exponential: x => tf.exp(x) };
for (const [activation, compute] of Object.entries(pointwise))
  chain('activation_' + activation, [{ class_name: 'Activation', config: { activation } }], [12], compute, { range: [-4, 4] });
chain('softmax_of_two_axes', [{ class_name: 'Softmax', config: { axis: [1, 2] } }], [3, 4], x => tf.reshape(tf.softmax(tf.reshape(x, [2, 12])), [2, 3, 4]));
chain('group_normalization', [{ class_name: 'GroupNormalization', config: { groups: 2, axis: -1, epsilon: 0.001 }, weights: [['gamma', [6]], ['beta', [6]]] }], [3, 4, 6],
  (x, gamma, beta) => tf.add(tf.mul(tf.reshape(standard(tf.reshape(x, [2, 3, 4, 2, 3]), [1, 2, 4], 0.001), x.shape), gamma), beta));
chain('rms_normalization', [{ class_name: 'RMSNormalization', config: { axis: -1, epsilon: 1e-6 }, weights: [['scale_gamma', [6]]] }], [3, 6],
  (x, scale) => tf.mul(tf.div(x, tf.sqrt(tf.add(tf.mean(tf.square(x), -1, true), 1e-6))), scale));
chain('unit_normalization', [{ class_name: 'UnitNormalization', config: { axis: -1 } }], [3, 6], x => tf.div(x, tf.sqrt(tf.sum(tf.square(x), -1, true))));
chain('normalization_of_settings', [{ class_name: 'Normalization', config: { axis: -1, mean: [0.5, -0.25, 0.125], variance: [4, 0.25, 1] } },
  { class_name: 'Normalization', config: { axis: null, mean: 0.5, variance: 4, invert: true } }], [2, 3],
  x => tf.add(tf.mul(tf.div(tf.sub(x, [0.5, -0.25, 0.125]), [2, 0.5, 1]), 2), 0.5));
chain('conv3d_dilated', [{ class_name: 'Conv3D', config: { filters: 2, kernel_size: [2, 2, 2], dilation_rate: [2, 1, 2], padding: 'same' }, weights: [['kernel', [2, 2, 2, 3, 2]], ['bias', [2]]] }], [4, 3, 5, 3],
  (x, k, b) => { const filled = tf.concat([k.slice([0], [1]), tf.zeros([1, 2, 2, 3, 2]), k.slice([1], [1])], 0);
    const f = tf.concat([filled.slice([0, 0, 0], [3, 2, 1]), tf.zeros([3, 2, 1, 3, 2]), filled.slice([0, 0, 1], [3, 2, 1])], 2); return tf.add(tf.conv3d(x, f, 1, 'same'), b); });
chain('conv2d_transpose_output_padding', [{ class_name: 'Conv2DTranspose', config: { filters: 2, kernel_size: [3, 3], strides: [2, 2], padding: 'same', output_padding: [0, 1] }, weights: [['kernel', [3, 3, 2, 3]], ['bias', [2]]] }], [4, 5, 3],
  (x, k, b) => tf.add(tf.conv2dTranspose(x, k, [2, 7, 10, 2], 2, 'same'), b));
chain('conv2d_transpose_dilated', [{ class_name: 'Conv2DTranspose', config: { filters: 2, kernel_size: [2, 2], dilation_rate: [2, 2], padding: 'valid', use_bias: false }, weights: [['kernel', [2, 2, 2, 3]]] }], [4, 5, 3],
  (x, k) => { const wide = tf.concat([k.slice([0], [1]), tf.zeros([1, 2, 2, 3]), k.slice([1], [1])], 0); const f = tf.concat([wide.slice([0, 0], [3, 1]), tf.zeros([3, 1, 2, 3]), wide.slice([0, 1], [3, 1])], 1);
    return tf.conv2dTranspose(x, f, [2, 6, 7, 2], 1, 'valid'); });
chain('separable_1d', [{ class_name: 'SeparableConv1D', config: { filters: 4, kernel_size: [3], strides: [2], padding: 'same', depth_multiplier: 2 }, weights: [['depthwise_kernel', [3, 2, 2]], ['pointwise_kernel', [1, 4, 4]], ['bias', [4]]] }], [9, 2],
  (x, d, p, b) => tf.add(tf.squeeze(tf.conv2d(tf.depthwiseConv2d(tf.expandDims(tf.pad(x, [[0, 0], [1, 1], [0, 0]]), 2), tf.expandDims(d, 1), [2, 2], 'valid'), tf.expandDims(p, 1), 1, 'valid'), [2]), b));
chain('depthwise_1d_dilated', [{ class_name: 'DepthwiseConv1D', config: { kernel_size: [3], dilation_rate: [2], padding: 'causal', use_bias: false }, weights: [['depthwise_kernel', [3, 2, 1]]] }], [9, 2],
  (x, d) => tf.squeeze(tf.depthwiseConv2d(tf.expandDims(tf.pad(x, [[0, 0], [4, 0], [0, 0]]), 2), tf.expandDims(d, 1), 1, 'valid', 'NHWC', [2, 1]), [2]));
chain('up_sampling_3d', [{ class_name: 'UpSampling3D', config: { size: [2, 1, 3] } }], [2, 3, 2, 2],
  x => tf.gather(tf.gather(x, [0, 0, 1, 1], 1), [0, 0, 0, 1, 1, 1], 3));
chain('up_sampling_1d_open', [{ class_name: 'UpSampling1D', config: { size: 2 } }], [null, 2], x => tf.gather(x, [0, 0, 1, 1, 2, 2, 3, 3, 4, 4], 1));
chain('reshape_open', [{ class_name: 'Reshape', config: { target_shape: [-1, 3] } }, { class_name: 'Dense', config: { units: 2, use_bias: false }, weights: [['kernel', [3, 2]]] }], [null, 6],
  (x, k) => tf.reshape(tf.matMul(tf.reshape(x, [20, 3]), k), [2, 10, 2]));
chain('flatten_open', [{ class_name: 'Flatten', config: {} }], [null, 6], x => tf.reshape(x, [2, 30]));
chain('layer_scale', [{ class_name: 'LayerScale', config: { init_values: 1e-6, projection_dim: 3 }, weights: [['gamma', [3]]] }, { class_name: 'StochasticDepth', config: { drop_path_rate: 0.5 } }], [2, 3], (x, g) => tf.mul(x, g));
chain('mixed_float16', [{ class_name: 'Dense', config: { units: 4, activation: 'relu', dtype: { class_name: 'DTypePolicy', config: { name: 'mixed_float16' } } }, weights: [['kernel', [5, 4]], ['bias', [4]]] },
  { class_name: 'Activation', config: { activation: 'softmax', dtype: 'float32' } }], [5], (x, k, b) => tf.softmax(tf.relu(tf.add(tf.matMul(x, k), b))));
chain('pixels', [{ class_name: 'Rescaling', config: { scale: 0.125, offset: -1 } }, { class_name: 'Flatten', config: {} }], [2, 3], x => tf.reshape(tf.sub(tf.mul(x, 0.125), 1), [2, 6]), { range: [0, 256], floor: true, dtype: 'uint8' });
chain('integers_arranged', [{ class_name: 'Reshape', config: { target_shape: [6] } }, { class_name: 'Embedding', config: { input_dim: 9, output_dim: 2 }, weights: [['embeddings', [9, 2]]] }], [2, 3],
  (x, t) => tf.gather(t, tf.reshape(x, [2, 6]).toInt()), { range: [0, 9], floor: true, dtype: 'int64' });

// Products along any axes, kernels of their own for each place, and what prepares categories and images.
chain('einsum_dense', [{ class_name: 'EinsumDense', config: { equation: 'abc,cde->abde', output_shape: [null, 2, 4], bias_axes: 'de', activation: 'relu' }, weights: [['kernel', [3, 2, 4]], ['bias', [2, 4]]] },
  { class_name: 'EinsumDense', config: { equation: 'abde,dec->abc', output_shape: [null, 5], bias_axes: 'c' }, weights: [['output_kernel', [2, 4, 5]], ['bias', [5]]] }], [null, 3],
  (x, k, b, o, c) => tf.add(tf.einsum('abde,dec->abc', tf.relu(tf.add(tf.einsum('abc,cde->abde', x, k), b)), o), c));
chain('einsum_dense_of_ellipsis', [{ class_name: 'EinsumDense', config: { equation: '...x,xy->...y', output_shape: 4, bias_axes: 'y' }, weights: [['kernel', [3, 4]], ['bias', [4]]] }, { class_name: 'EinsumDense', config: { equation: 'ab...,bc->ac...', output_shape: [6], bias_axes: null }, weights: [['kernel', [5, 6]]] }], [5, 2, 3],
  (x, k, b, o) => tf.einsum('abde,bc->acde', tf.add(tf.reshape(tf.matMul(tf.reshape(x, [20, 3]), k), [2, 5, 2, 4]), b), o));
chain('einsum_dense_for_each', [{ class_name: 'EinsumDense', config: { equation: 'abc,bcd->abd', output_shape: [4, 2], bias_axes: 'bd', activation: 'tanh' }, weights: [['kernel', [4, 3, 2]], ['bias', [4, 2]]] }, { class_name: 'EinsumDense', config: { equation: 'abc,bd->adc', output_shape: [3, null], bias_axes: 'd' }, weights: [['kernel', [4, 3]], ['bias', [3, 1]]] }], [4, 3],
  (x, k, b, o, c) => tf.add(tf.einsum('abc,bd->adc', tf.tanh(tf.add(tf.einsum('abc,bcd->abd', x, k), b)), o), c));
const patches = (x, kernel, [rows, columns], [down, right], filters, places) => tf.stack(places.map(([i, j], n) =>
  tf.matMul(x.slice([0, i * down, j * right], [-1, rows, columns]).reshape([x.shape[0], -1]), kernel.slice([n], [1]).reshape([-1, filters]))), 1);
const grid = (rows, columns) => Array.from({ length: rows * columns }, (_, n) => [Math.floor(n / columns), n % columns]);
chain('locally_connected_2d', [{ class_name: 'LocallyConnected2D', config: { filters: 3, kernel_size: [3, 2], strides: [2, 1], padding: 'valid', implementation: 1, activation: 'relu' }, weights: [['kernel', [10, 12, 3]], ['bias', [2, 5, 3]]] }], [5, 6, 2],
  (x, k, b) => tf.relu(tf.add(tf.reshape(patches(x, k, [3, 2], [2, 1], 3, grid(2, 5)), [2, 2, 5, 3]), b)), { version: '2.4.0' });
chain('locally_connected_1d', [{ class_name: 'LocallyConnected1D', config: { filters: 3, kernel_size: [3], strides: [2], padding: 'valid', use_bias: false }, weights: [['kernel', [3, 6, 3]]] }], [7, 2],
  (x, k) => patches(tf.expandDims(x, 1), k, [1, 3], [1, 2], 3, grid(1, 3)), { version: '2.2.4' });
// Which of [height, width, channels, rows, columns, filters] touch: the window of each place, around its centre when there is padding.
const touching = ([height, width, channels], [rows, columns, filters], size, stride, isSame) => tf.buffer([height, width, channels, rows, columns, filters]).toTensor().arraySync().map((plane, y) => plane.map((line, x) => line.map(one => one.map((row, i) => row.map((column, j) => {
  const inside = (p, place) => { const start = place * stride - (isSame ? Math.floor(size / 2) : 0); return p >= start && p < start + size; };
  return column.map(() => (inside(y, i) && inside(x, j) ? 1 : 0)); })))));
{
  const same = touching([4, 5, 2], [2, 3, 2], 3, 2, true), valid = touching([4, 5, 2], [3, 4, 2], 2, 1, false);
  chain('locally_connected_as_matrix', [{ class_name: 'LocallyConnected2D', config: { filters: 2, kernel_size: [3, 3], strides: [2, 2], padding: 'same', implementation: 2 }, weights: [['kernel', [4, 5, 2, 2, 3, 2]], ['bias', [2, 3, 2]]] }], [4, 5, 2],
    (x, k, b) => tf.add(tf.reshape(tf.matMul(tf.reshape(x, [2, 40]), tf.reshape(tf.mul(k, tf.tensor(same)), [40, 12])), [2, 2, 3, 2]), b), { version: '2.8.0' });
  const places = []; const flat = tf.tensor(valid).reshape([40, 24]).arraySync();
  for (let column = 0; column < 24; column++) for (let row = 0; row < 40; row++) if (flat[row][column] === 1) places.push([row, column]);
  chain('locally_connected_sparse', [{ class_name: 'LocallyConnected2D', config: { filters: 2, kernel_size: [2, 2], strides: [1, 1], padding: 'valid', implementation: 3 }, weights: [['kernel', [places.length]], ['bias', [3, 4, 2]]] }], [4, 5, 2],
    (x, k, b) => { const dense = tf.buffer([40, 24]), values = k.dataSync(); places.forEach(([row, column], n) => dense.set(values[n], row, column));
      return tf.add(tf.reshape(tf.matMul(tf.reshape(x, [2, 40]), dense.toTensor()), [2, 3, 4, 2]), b); }, { version: '2.8.0' });
}
chain('spectral_normalization', [{ class_name: 'SpectralNormalization', config: { power_iterations: 1, layer: { class_name: 'Conv2D', config: { name: 'c', filters: 2, kernel_size: [2, 2], activation: 'relu' } } }, weights: [['kernel', [2, 2, 3, 2]], ['bias', [2]], ['vector_u', [1, 2]]] }], [4, 4, 3],
  (x, k, b) => tf.relu(tf.add(tf.conv2d(x, k, 1, 'valid'), b)), { version: '2.13.0' });
chain('discretization', [{ class_name: 'Discretization', config: { bin_boundaries: [-0.5, 0, 0.5], output_mode: 'int' } }, { class_name: 'Embedding', config: { input_dim: 4, output_dim: 2 }, weights: [['embeddings', [4, 2]]] }], [5],
  (x, t) => tf.gather(t, tf.addN([-0.5, 0, 0.5].map(b => tf.greaterEqual(x, b).toInt()))), { version: '2.9.0' });
chain('category_encoding', [{ class_name: 'CategoryEncoding', config: { num_tokens: 4, output_mode: 'multi_hot' } }, { class_name: 'Dense', config: { units: 2, use_bias: false }, weights: [['kernel', [4, 2]]] }], [6],
  (x, k) => tf.matMul(tf.max(tf.oneHot(x.toInt(), 4), 1).toFloat(), k), { version: '2.9.0', range: [0, 4], floor: true, dtype: 'int64' });
chain('category_counts', [{ class_name: 'CategoryEncoding', config: { num_tokens: 4, output_mode: 'count' } }], [6], x => tf.sum(tf.oneHot(x.toInt(), 4), 1).toFloat(), { version: '2.9.0', range: [0, 4], floor: true, dtype: 'int32' });
chain('images_cropped', [{ class_name: 'CenterCrop', config: { height: 4, width: 5 } }, { class_name: 'RandomFlip', config: { mode: 'horizontal' } }, { class_name: 'Resizing', config: { height: 3, width: 3, interpolation: 'bilinear', crop_to_aspect_ratio: true } }], [6, 8, 2],
  x => tf.image.resizeBilinear(x.slice([0, 1, 1], [2, 4, 5]).slice([0, 0, 0], [2, 4, 4]), [3, 3], false, true), { version: '2.9.0' });
chain('instance_normalization', [{ class_name: 'InstanceNormalization', config: { axis: -1, epsilon: 0.001 }, weights: [['gamma', [3]], ['beta', [3]]] }, { class_name: 'InstanceNormalization', config: { axis: null, epsilon: 0.01, center: false }, weights: [['gamma', [1]]] },
  { class_name: 'Addons>InstanceNormalization', config: { groups: 3, axis: -1, epsilon: 0.001 }, weights: [['gamma', [3]], ['beta', [3]]] }], [4, 5, 3], (x, g, b, h, k, c) => {
  const by = (v, axes, e) => { const { mean, variance } = tf.moments(v, axes, true); return tf.div(tf.sub(v, mean), tf.add(tf.sqrt(variance), e)); };
  return tf.add(tf.mul(standard(tf.mul(by(tf.add(tf.mul(by(x, [1, 2], 0.001), g), b), [1, 2, 3], 0.01), h), [1, 2], 0.001), k), c); }, { version: '2.4.0' });
