// Makes the goldens beside it: what TensorFlow.js (its layers, which define what Keras defines) gives for small models.
// Weights and inputs come from a generator, so that a golden holds only the architecture and the outputs.
// Run: npm install @tensorflow/tfjs@4.22.0 && node make.mjs
import * as tf from '@tensorflow/tfjs';
import { writeFileSync } from 'node:fs';

await tf.setBackend('cpu');
const L = tf.layers;

class Numbers {
  state = 12345;
  next(low, high) {
    this.state = (Math.imul(this.state, 1664525) + 1013904223) >>> 0;
    return Math.fround(low + (this.state >>> 8) / 16777216 * (high - low));
  }
  tensor(shape, low, high, dtype = 'float32') {
    const values = Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => this.next(low, high));
    return tf.tensor(dtype === 'int32' ? values.map(Math.floor) : values, shape, dtype);
  }
}

function range(name, shape) {
  if (/variance/.test(name)) return [0.5, 1.5];
  if (/count/.test(name)) return [1, 1];
  if (/gamma/.test(name)) return [0.5, 1];
  if (/alpha/.test(name)) return [0.1, 0.4];
  if (/bias|beta|mean/.test(name)) return [-0.2, 0.2];
  if (/embeddings/.test(name)) return [-1, 1];
  const count = shape.reduce((a, b) => a * b, 1);
  const last = /depthwise/.test(name) ? shape.at(-1) * shape.at(-2) : shape.at(-1);
  const limit = Math.round(Math.sqrt(3 / (count / last)) * 1000) / 1000;
  return [-limit, limit];
}

function save(name, config, weights, inputs, outputs, version) {
  const values = outputs.map(o => ({ shape: o.shape, values: Array.from(o.dataSync(), v => Number(v.toPrecision(9))) }));
  writeFileSync(new URL(`./${name}.json`, import.meta.url), JSON.stringify({ version, config, weights, inputs, outputs: values }) + '\n');
  console.log(name, values.map(o => `[${o.shape}] ${o.values.slice(0, 4)}`).join(' '));
}

// A model of tfjs-layers: its own config, its own answer.
function golden(name, model, batch = 2, steps = {}, version = '2.2.4') {
  const numbers = new Numbers();
  const weights = model.layers.filter(l => l.getClassName() !== 'InputLayer').map(layer => {
    const variables = layer.trainableWeights.concat(layer.nonTrainableWeights);
    const described = variables.map(v => ({ name: v.originalName.split('/').at(-1), shape: v.shape, range: range(v.originalName, v.shape) }));
    layer.setWeights(described.map(d => numbers.tensor(d.shape, ...d.range)));
    return { layer: layer.name, weights: described };
  });
  const inputs = model.inputs.map(input => {
    const shape = input.shape.map((d, i) => d ?? (i === 0 ? batch : steps.length ?? 5));
    const isIndex = steps.vocabulary !== undefined;
    return { shape, dtype: input.dtype, range: isIndex ? [0, steps.vocabulary] : [-1, 1], floor: isIndex };
  });
  const given = inputs.map(i => { const t = numbers.tensor(i.shape, ...i.range); return i.floor ? tf.floor(t) : t; });
  const result = model.predict(given.length === 1 ? given[0] : given, { batchSize: 64 });
  const config = model.toJSON(null, false);
  Object.assign(config.config.layers.at(-1).config, steps.settings); // what toJSON forgets
  save(name, { class_name: config.class_name, config: config.config }, weights, inputs, [result].flat(), version);
}

// A layer that tfjs-layers lacks: its config by hand, its definition in operations of tfjs-core.
function defined(name, layer, inputShape, weights, compute, version = '2.4.0') {
  const numbers = new Numbers();
  const described = weights.map(([n, shape]) => ({ name: n, shape, range: range(n, shape) }));
  const tensors = described.map(d => numbers.tensor(d.shape, ...d.range));
  const x = numbers.tensor([2, ...inputShape], -1, 1);
  const config = { class_name: 'Functional', config: { name, layers: [
    { class_name: 'InputLayer', name: 'x', config: { name: 'x', batch_input_shape: [null, ...inputShape], dtype: 'float32' }, inbound_nodes: [] },
    { class_name: layer.class_name, name: 'y', config: { name: 'y', ...layer.config }, inbound_nodes: [(layer.calls ?? 1) === 1 ? [['x', 0, 0, {}]] : [['x', 0, 0, { value: ['x', 0, 0] }]]] }],
    input_layers: [['x', 0, 0]], output_layers: [['y', 0, 0]] } };
  save(name, config, [{ layer: 'y', weights: described }], [{ shape: x.shape, dtype: 'float32', range: [-1, 1] }], [compute(x, ...tensors)], version);
}

// Layers of Keras one after the other, each a class with settings and the shapes of its weights, and what they give by their
// definition in operations of tfjs-core.
function chain(name, layers, inputShape, compute, { version = '3.4.1', range: inputRange = [-1, 1], floor = false, dtype = 'float32', batch = 2 } = {}) {
  const numbers = new Numbers();
  const weights = layers.map((l, i) => ({ layer: `l${i}`, weights: (l.weights ?? []).map(([n, shape]) => ({ name: n, shape, range: range(n, shape) })) }));
  const tensors = weights.flatMap(g => g.weights.map(w => numbers.tensor(w.shape, ...w.range)));
  const shape = [batch, ...inputShape.map(d => d ?? 5)];
  let x = numbers.tensor(shape, ...inputRange);
  x = floor ? tf.floor(x) : x;
  const config = { class_name: 'Sequential', config: { name, layers: [
    { class_name: 'InputLayer', config: { name: 'x', batch_input_shape: [null, ...inputShape], dtype } },
    ...layers.map((l, i) => ({ class_name: l.class_name, config: { name: `l${i}`, ...l.config } }))] } };
  save(name, config, weights, [{ shape, dtype, range: inputRange, floor }], [compute(x, ...tensors)].flat(), version);
}

const one = (shape, ...layers) => {
  const x = tf.input({ shape, name: 'x' });
  return tf.model({ inputs: x, outputs: layers.reduce((value, layer) => layer.apply(value), x) });
};
const indices = (length, ...layers) => {
  const x = tf.input({ shape: [length], name: 'tokens' });
  return tf.model({ inputs: x, outputs: layers.reduce((value, layer) => layer.apply(value), x) });
};

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

// Masks, and channels in front.
const tokens = { vocabulary: 4 };
golden('mask_of_embedding', indices(8, L.embedding({ inputDim: 4, outputDim: 3, maskZero: true, name: 'e' }), L.lstm({ units: 4, returnSequences: true, name: 'a' }), L.gru({ units: 3, name: 'b' })), 3, tokens);
golden('mask_of_embedding_open', indices(null, L.embedding({ inputDim: 4, outputDim: 3, maskZero: true, name: 'e' }), L.lstm({ units: 4, returnSequences: true, goBackwards: true, name: 'a' })), 3, { vocabulary: 4, length: 7 });
golden('mask_of_steps', one([9, 1], L.masking({ maskValue: 0, name: 'm' }), L.dense({ units: 3, name: 'd' }), L.simpleRNN({ units: 4, returnSequences: true, name: 'a' }), L.simpleRNN({ units: 3, name: 'b' })), 3, { vocabulary: 2 });
golden('mask_of_steps_open', one([null, 1], L.masking({ maskValue: 1, name: 'm' }), L.lstm({ units: 3, name: 'b' })), 3, { vocabulary: 2, length: 9 });
golden('channels_first', one([3, 9, 8], L.conv2d({ filters: 4, kernelSize: 3, padding: 'same', strides: [2, 1], dataFormat: 'channelsFirst', name: 'c' }),
  L.maxPooling2d({ poolSize: 2, dataFormat: 'channelsFirst', name: 'm' }), L.zeroPadding2d({ padding: [[1, 0], [0, 2]], dataFormat: 'channelsFirst', name: 'z' }), L.upSampling2d({ size: [2, 1], dataFormat: 'channelsFirst', name: 'u' }),
  L.depthwiseConv2d({ kernelSize: 3, dataFormat: 'channelsFirst', name: 'd' }), L.averagePooling2d({ poolSize: 2, strides: 1, dataFormat: 'channelsFirst', name: 'a' })));
golden('channels_first_flat', one([3, 4, 5], L.conv2d({ filters: 2, kernelSize: 2, dataFormat: 'channelsFirst', name: 'c' }), L.flatten({ dataFormat: 'channelsFirst', name: 'f' })));
golden('channels_first_global', one([3, 4, 5], L.globalMaxPooling2d({ dataFormat: 'channelsFirst', name: 'g' })));
// Normalisation of another axis than the last is not asked of tfjs-layers: its engine goes through the statistics in the wrong order then.
const statistics = n => [['gamma', [n]], ['beta', [n]], ['moving_mean', [n]], ['moving_variance', [n]]];
const normalised = (x, shape, [g, b, m, v]) => tf.add(tf.mul(tf.div(tf.sub(x, tf.reshape(m, shape)), tf.sqrt(tf.add(tf.reshape(v, shape), 0.001))), tf.reshape(g, shape)), tf.reshape(b, shape));
chain('batch_normalization_sequence', [{ class_name: 'BatchNormalization', config: { axis: 1 }, weights: statistics(4) }], [4, 3], (x, ...w) => normalised(x, [1, 4, 1], w));
chain('batch_normalization_channels_first', [{ class_name: 'BatchNormalization', config: { axis: [1] }, weights: statistics(3) }], [3, 4, 5], (x, ...w) => normalised(x, [1, 3, 1, 1], w));
golden('layer_normalization_of_two_axes', one([3, 4, 5], L.layerNormalization({ axis: [2, 3], name: 'n' })));
golden('conv3d_transpose', one([3, 4, 2, 2], L.conv3dTranspose({ filters: 3, kernelSize: [2, 3, 2], strides: [2, 1, 2], padding: 'same', name: 'c' })));
golden('rnn_of_cell', one([5, 3], L.rnn({ cell: L.lstmCell({ units: 4 }), returnSequences: true, name: 'r' }), L.rnn({ cell: L.simpleRNNCell({ units: 3 }), name: 's' })));
{
  const a = tf.input({ shape: [3, 4], name: 'a' }), b = tf.input({ shape: [4], name: 'b' });
  golden('merge_of_ranks', tf.model({ inputs: [a, b], outputs: [L.add({ name: 'sum' }).apply([a, b]), L.multiply({ name: 'product' }).apply([b, a])] }));
  const encoder = tf.input({ shape: [6, 3], name: 'source' }), decoder = tf.input({ shape: [4, 3], name: 'target' });
  const [, h, c] = L.lstm({ units: 5, returnState: true, name: 'encoder' }).apply(encoder);
  const decoded = L.lstm({ units: 5, returnSequences: true, name: 'decoder' }).apply(decoder, { initialState: [h, c] });
  golden('network_encoder_decoder', tf.model({ inputs: [encoder, decoder], outputs: L.dense({ units: 2, name: 'word' }).apply(decoded) }));
}

// More that tfjs-layers lacks.
const pointwise = { celu: x => tf.elu(x), hard_shrink: x => tf.where(tf.greater(tf.abs(x), 0.5), x, tf.zerosLike(x)), hard_tanh: x => tf.clipByValue(x, -1, 1),
  log_sigmoid: x => tf.neg(tf.softplus(tf.neg(x))), soft_shrink: x => tf.mul(tf.sign(x), tf.relu(tf.sub(tf.abs(x), 0.5))),
  sparse_plus: x => tf.where(tf.lessEqual(x, -1), tf.zerosLike(x), tf.where(tf.less(x, 1), tf.mul(0.25, tf.square(tf.add(x, 1))), x)),
  sparse_sigmoid: x => tf.clipByValue(tf.mul(0.5, tf.add(x, 1)), 0, 1), squareplus: x => tf.mul(0.5, tf.add(x, tf.sqrt(tf.add(tf.square(x), 4)))),
  tanh_shrink: x => tf.sub(x, tf.tanh(x)), log_softmax: x => tf.logSoftmax(x), hard_silu: x => tf.mul(x, tf.div(tf.relu6(tf.add(x, 3)), 6)),
  leaky_relu: x => tf.leakyRelu(x, 0.2), exponential: x => tf.exp(x) };
for (const [activation, compute] of Object.entries(pointwise))
  chain('activation_' + activation, [{ class_name: 'Activation', config: { activation } }], [12], compute, { range: [-4, 4] });
chain('softmax_of_two_axes', [{ class_name: 'Softmax', config: { axis: [1, 2] } }], [3, 4], x => tf.reshape(tf.softmax(tf.reshape(x, [2, 12])), [2, 3, 4]));
const standard = (x, axes, epsilon) => { const { mean, variance } = tf.moments(x, axes, true); return tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, epsilon))); };
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

// A mean of the steps that count, and attention with masks.
const lookup = (t, x) => tf.gather(t, x.toInt());
const embedded = (input, output) => ({ class_name: 'Embedding', config: { input_dim: input, output_dim: output, mask_zero: true }, weights: [['embeddings', [input, output]]] });
chain('mask_of_mean', [embedded(4, 3), { class_name: 'Dropout', config: { rate: 0.5 } }, { class_name: 'GlobalAveragePooling1D', config: {} }], [8],
  (x, t) => { const m = tf.expandDims(tf.cast(tf.notEqual(x, 0), 'float32'), 2); return tf.div(tf.sum(tf.mul(lookup(t, x), m), 1), tf.sum(m, 1)); }, { range: [0, 4], floor: true, dtype: 'int32' });
chain('mask_of_bidirectional', [embedded(4, 3), { class_name: 'Bidirectional', config: { merge_mode: 'concat', layer: { class_name: 'SimpleRNN', config: { name: 'r', units: 2, activation: 'tanh', return_sequences: true } } },
  weights: ['f', 'b'].flatMap(d => [[d + '_kernel', [3, 2]], [d + '_recurrent', [2, 2]], [d + '_bias', [2]]]) }], [6],
  (x, t, ...w) => { const steps = tf.unstack(lookup(t, x), 1), masks = tf.unstack(tf.notEqual(x, 0), 1).map(m => tf.expandDims(m, 1));
    const run = ([k, r, b], order) => { let h = tf.zeros([2, 2]); const out = []; for (const i of order) { const n = tf.tanh(tf.add(tf.add(tf.matMul(steps[i], k), b), tf.matMul(h, r)));
      h = tf.where(masks[i].tile([1, 2]), n, h); out[i] = tf.where(masks[i].tile([1, 2]), n, tf.zeros([2, 2])); } return tf.stack(out, 1); };
    return tf.concat([run(w.slice(0, 3), [0, 1, 2, 3, 4, 5]), run(w.slice(3), [5, 4, 3, 2, 1, 0])], 2); }, { range: [0, 4], floor: true, dtype: 'int32' });
const graph = (name, layers, inputs, output, compute, version = '3.4.1') => {
  const numbers = new Numbers();
  const weights = layers.map(l => ({ layer: l.name, weights: (l.weights ?? []).map(([n, shape, gain = 1]) => ({ name: n, shape, range: range(n, shape).map(limit => limit * gain) })) }));
  const tensors = weights.flatMap(g => g.weights.map(w => numbers.tensor(w.shape, ...w.range)));
  const given = inputs.map(i => { const x = numbers.tensor([2, ...i.shape], ...(i.range ?? [-1, 1])); return i.floor ? tf.floor(x) : x; });
  const config = { class_name: 'Functional', config: { name, layers: [
    ...inputs.map(i => ({ class_name: 'InputLayer', name: i.name, config: { name: i.name, batch_input_shape: [null, ...i.shape], dtype: i.dtype ?? 'float32' }, inbound_nodes: [] })),
    ...layers.map(l => ({ class_name: l.class_name, name: l.name, ...(l.module ? { module: l.module } : {}), config: { name: l.name, ...l.config }, inbound_nodes: [l.call] }))],
    input_layers: inputs.map(i => [i.name, 0, 0]), output_layers: [].concat(output).map(o => [o, 0, 0]) } };
  save(name, config, weights, inputs.map(i => ({ shape: [2, ...i.shape], dtype: i.dtype ?? 'float32', range: i.range ?? [-1, 1], floor: i.floor ?? false })), [compute(given, tensors)].flat(), version);
};
const word = (name, length) => ({ name, shape: [length], range: [0, 4], floor: true, dtype: 'int32' });
const heads = (width, n, size) => [...['query', 'key', 'value'].flatMap(k => [[k + '_kernel', [width, n, size]], [k + '_bias', [n, size]]]), ['output_kernel', [n, size, width]], ['output_bias', [width]]];
function attend(q, v, w, mask) {
  const [n, size, width] = w[6].shape, project = (x, i) => tf.add(tf.einsum('abc,cde->abde', x, w[i]), w[i + 1]);
  const scores = tf.mul(tf.einsum('bqhd,bkhd->bhqk', project(q, 0), project(v, 2)), 1 / Math.sqrt(size));
  const joined = tf.einsum('bhqk,bkhd->bqhd', tf.softmax(tf.add(scores, tf.mul(tf.sub(1, mask), -1e9))), project(v, 4));
  return tf.add(tf.reshape(tf.matMul(tf.reshape(joined, [q.shape[0] * q.shape[1], n * size]), tf.reshape(w[6], [n * size, width])), q.shape), w[7]);
}
graph('multi_head_attention_masked', [{ ...embedded(4, 6), name: 'e', call: [['words', 0, 0, {}]] },
  { class_name: 'MultiHeadAttention', name: 'm', config: { num_heads: 2, key_dim: 3 }, weights: heads(6, 2, 3), call: [['x', 0, 0, { value: ['e', 0, 0] }]] }],
  [{ name: 'x', shape: [3, 6] }, word('words', 5)], 'm', ([x, words], [t, ...w]) => attend(x, lookup(t, words), w, tf.reshape(tf.cast(tf.notEqual(words, 0), 'float32'), [2, 1, 1, 5])));
graph('multi_head_attention_causal', [{ class_name: 'MultiHeadAttention', name: 'm', config: { num_heads: 2, key_dim: 3 }, weights: heads(6, 2, 3),
  call: { args: [kerasTensor('x', [null, 4, 6]), kerasTensor('x', [null, 4, 6])], kwargs: { use_causal_mask: true } } }],
  [{ name: 'x', shape: [4, 6] }], 'm', ([x], w) => attend(x, x, w, tf.tensor([1, 0, 0, 0, 1, 1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 1], [1, 1, 4, 4])));
graph('attention', [{ class_name: 'Attention', name: 'a', config: { use_scale: true }, weights: [['scale_gamma', []]], call: [['q', 0, 0, {}], ['e', 0, 0, {}]] }, { ...embedded(4, 3), name: 'e', call: [['words', 0, 0, {}]] }].reverse(),
  [{ name: 'q', shape: [2, 3] }, word('words', 5)], 'a', ([q, words], [t, scale]) => { const v = lookup(t, words);
    const hidden = tf.mul(tf.sub(1, tf.expandDims(tf.cast(tf.notEqual(words, 0), 'float32'), 1)), -1e9);
    return tf.matMul(tf.softmax(tf.add(tf.mul(tf.matMul(q, v, false, true), scale), hidden)), v); });
graph('additive_attention', [{ class_name: 'AdditiveAttention', name: 'a', config: { use_scale: true }, weights: [['scale_gamma', [3]]], call: [['q', 0, 0, {}], ['v', 0, 0, {}], ['k', 0, 0, {}]] }],
  [{ name: 'q', shape: [2, 3] }, { name: 'v', shape: [5, 4] }, { name: 'k', shape: [5, 3] }], 'a', ([q, v, k], [scale]) =>
    tf.matMul(tf.softmax(tf.sum(tf.mul(tf.tanh(tf.add(tf.expandDims(q, 2), tf.expandDims(k, 1))), scale), -1)), v));

// Arithmetic that stands in a model as layers: as Keras 2.2, 2.4 and 3 write it.
function kerasTensor(layer, shape) { return { class_name: '__keras_tensor__', config: { shape, dtype: 'float32', keras_history: [layer, 0, 0] } }; }
const hardSwish = ([x]) => tf.mul(x, tf.mul(tf.relu6(tf.add(x, 3)), 1 / 6));
const relu6Layer = from => ({ class_name: 'ReLU', name: 'r', config: { max_value: 6 }, call: [[from, 0, 0, {}]] });
const steps = [{ name: 'x', shape: [8], range: [-5, 5] }];
graph('operations', [{ class_name: 'TFOpLambda', name: 'a', config: { function: '__operators__.add' }, call: [['x', 0, 0, { y: 3, name: null }]] }, relu6Layer('a'),
  { class_name: 'TFOpLambda', name: 'm', config: { function: 'math.multiply' }, call: [['r', 0, 0, { y: 1 / 6, name: null }]] },
  { class_name: 'Multiply', name: 'y', config: {}, call: [['x', 0, 0, {}], ['m', 0, 0, {}]] }], steps, 'y', hardSwish, '2.6.0');
graph('operations_with_nodes', [{ class_name: 'TensorFlowOpLayer', name: 'a', config: { node_def: { name: 'add', op: 'AddV2', input: ['x', 'add/y'], attr: { T: { type: 'DT_FLOAT' } } }, constants: { 1: 3 } }, call: [['x', 0, 0, {}]] }, relu6Layer('a'),
  { class_name: 'TensorFlowOpLayer', name: 'm', config: { node_def: { name: 'mul', op: 'Mul', input: ['r', 'mul/y'], attr: { T: { type: 'DT_FLOAT' } } }, constants: { 1: 1 / 6 } }, call: [['r', 0, 0, {}]] },
  { class_name: 'Multiply', name: 'y', config: {}, call: [['x', 0, 0, {}], ['m', 0, 0, {}]] }], steps, 'y', hardSwish, '2.3.0-tf');
graph('operations_of_keras_3', [{ class_name: 'Add', name: 'a', module: 'keras.src.ops.numpy', call: { args: [kerasTensor('x', [null, 8]), 3], kwargs: {} } }, relu6Layer('a'),
  { class_name: 'Multiply', name: 'm', module: 'keras.src.ops.numpy', call: { args: [kerasTensor('r', [null, 8]), 1 / 6], kwargs: {} } },
  { class_name: 'Multiply', name: 'y', module: 'keras.layers', config: {}, call: { args: [[kerasTensor('x', [null, 8]), kerasTensor('m', [null, 8])]], kwargs: {} } }], steps, 'y', hardSwish);
graph('operations_from_a_number', [{ class_name: 'TFOpLambda', name: 's', config: { function: 'math.subtract' }, call: [['_CONSTANT_VALUE', -1, 1, { y: ['x', 0, 0] }]] },
  { class_name: 'TFOpLambda', name: 'g', config: { function: 'nn.gelu' }, call: [['s', 0, 0, { approximate: true }]] }], steps, 'g',
  ([x]) => { const y = tf.sub(1, x); return tf.mul(tf.mul(y, 0.5), tf.add(1, tf.tanh(tf.mul(Math.sqrt(2 / Math.PI), tf.add(y, tf.mul(0.044715, tf.pow(y, 3))))))); }, '2.6.0');
graph('operations_with_a_list', [{ class_name: 'TFOpLambda', name: 'd', config: { function: 'math.truediv' }, call: [['x', 0, 0, { y: [0.5, 0.25, 0.75], name: null }]] }],
  [{ name: 'x', shape: [2, 3] }], 'd', ([x]) => tf.div(x, [0.5, 0.25, 0.75]), '2.9.0');
graph('custom_scale', [{ class_name: 'CustomScaleLayer', name: 'c', config: { scale: 0.17 }, call: [['x', 0, 0, {}], ['z', 0, 0, {}]] }], [{ name: 'x', shape: [3] }, { name: 'z', shape: [3] }], 'c', ([x, z]) => tf.add(x, tf.mul(z, 0.17)));
{
  const inner = { class_name: 'Sequential', config: { name: 'inner', layers: [
    { class_name: 'InputLayer', config: { name: 'i', batch_input_shape: [null, 5, 5, 1], dtype: 'float32' } },
    { class_name: 'Conv2D', config: { name: 'ic', filters: 2, kernel_size: [3, 3], use_bias: false } }, { class_name: 'BatchNormalization', config: { name: 'ib' } },
    { class_name: 'Flatten', config: { name: 'if' } }, { class_name: 'Dense', config: { name: 'id', units: 3 } }] } };
  chain('time_distributed_model', [{ class_name: 'TimeDistributed', config: { layer: inner }, weights: [['kernel', [3, 3, 1, 2]], ['gamma', [2]], ['beta', [2]], ['dense_kernel', [18, 3]], ['bias', [3]], ['moving_mean', [2]], ['moving_variance', [2]]] }], [null, 5, 5, 1],
    (x, k, g, be, d, b, m, v) => { const y = tf.conv2d(tf.reshape(x, [10, 5, 5, 1]), k, 1, 'valid');
      const n = tf.add(tf.mul(tf.div(tf.sub(y, m), tf.sqrt(tf.add(v, 0.001))), g), be); return tf.reshape(tf.add(tf.matMul(tf.reshape(n, [10, 18]), d), b), [2, 5, 3]); }, { version: '2.4.0' });
}

// Networks.
const bn = name => L.batchNormalization({ name, momentum: 0.9 });
const relu6 = name => L.reLU({ maxValue: 6, name });
{
  const x = tf.input({ shape: [16, 16, 3], name: 'image' });
  let y = L.zeroPadding2d({ padding: [[0, 1], [0, 1]], name: 'pad' }).apply(x);
  y = relu6('r1').apply(bn('b1').apply(L.conv2d({ filters: 8, kernelSize: 3, strides: 2, useBias: false, name: 'c1' }).apply(y)));
  y = relu6('r2').apply(bn('b2').apply(L.depthwiseConv2d({ kernelSize: 3, padding: 'same', name: 'd2' }).apply(y)));
  const s = L.separableConv2d({ filters: 8, kernelSize: 3, padding: 'same', name: 's3' }).apply(y);
  y = L.add({ name: 'add' }).apply([y, s]);
  const p = L.maxPooling2d({ poolSize: 2, name: 'mp' }).apply(y);
  const u = L.upSampling2d({ size: [2, 2], name: 'up' }).apply(p);
  y = L.concatenate({ name: 'cat' }).apply([y, u]);
  y = L.conv2d({ filters: 6, kernelSize: 1, activation: 'elu', name: 'c4' }).apply(y);
  y = L.averagePooling2d({ poolSize: 3, strides: 2, padding: 'same', name: 'ap' }).apply(y);
  const f = L.flatten({ name: 'flat' }).apply(y);
  const o1 = L.dense({ units: 5, activation: 'softmax', name: 'class' }).apply(L.dropout({ rate: 0.3, name: 'drop' }).apply(f));
  const o2 = L.dense({ units: 2, name: 'box' }).apply(f);
  golden('network_two_outputs', tf.model({ inputs: x, outputs: [o1, o2] }));
}
{
  const x = tf.input({ shape: [32, 32, 3], name: 'input_1' });
  const pad = name => L.zeroPadding2d({ padding: [[0, 1], [0, 1]], name });
  let y = relu6('conv1_relu').apply(bn('conv1_bn').apply(L.conv2d({ filters: 8, kernelSize: 3, strides: 2, useBias: false, name: 'conv1' }).apply(pad('conv1_pad').apply(x))));
  [[16, 1], [32, 2], [32, 1], [64, 2], [64, 1], [128, 2], [128, 1], [128, 1], [128, 1], [128, 1], [128, 1], [256, 2], [256, 1]].forEach(([filters, stride], i) => {
    const n = i + 1;
    if (stride === 2) y = pad(`conv_pad_${n}`).apply(y);
    y = L.depthwiseConv2d({ kernelSize: 3, strides: stride, padding: stride === 1 ? 'same' : 'valid', useBias: false, name: `conv_dw_${n}` }).apply(y);
    y = relu6(`conv_dw_${n}_relu`).apply(bn(`conv_dw_${n}_bn`).apply(y));
    y = L.conv2d({ filters, kernelSize: 1, padding: 'same', useBias: false, name: `conv_pw_${n}` }).apply(y);
    y = relu6(`conv_pw_${n}_relu`).apply(bn(`conv_pw_${n}_bn`).apply(y));
  });
  y = L.reshape({ targetShape: [1, 1, 256], name: 'reshape_1' }).apply(L.globalAveragePooling2d({ name: 'gap' }).apply(y));
  y = L.conv2d({ filters: 10, kernelSize: 1, padding: 'same', name: 'conv_preds' }).apply(L.dropout({ rate: 0.001, name: 'dropout' }).apply(y));
  y = L.reshape({ targetShape: [10], name: 'reshape_2' }).apply(y);
  golden('network_mobilenet_v1', tf.model({ inputs: x, outputs: y }));
}
{
  const x = tf.input({ shape: [32, 32, 3], name: 'input_1' });
  let y = relu6('Conv1_relu').apply(bn('bn_Conv1').apply(L.conv2d({ filters: 8, kernelSize: 3, strides: 2, padding: 'same', useBias: false, name: 'Conv1' }).apply(x)));
  let channels = 8, block = 0;
  for (const [t, c, n, s] of [[1, 4, 1, 1], [6, 8, 2, 2], [6, 8, 3, 2], [6, 16, 4, 2], [6, 24, 3, 1], [6, 40, 3, 2], [6, 80, 1, 1]])
    for (let i = 0; i < n; i++, block++) {
      const p = `block_${block}_`, stride = i === 0 ? s : 1;
      let z = y;
      if (t > 1) z = relu6(p + 'expand_relu').apply(bn(p + 'expand_BN').apply(L.conv2d({ filters: t * channels, kernelSize: 1, padding: 'same', useBias: false, name: p + 'expand' }).apply(z)));
      if (stride === 2) z = L.zeroPadding2d({ padding: [[0, 1], [0, 1]], name: p + 'pad' }).apply(z);
      z = relu6(p + 'depthwise_relu').apply(bn(p + 'depthwise_BN').apply(L.depthwiseConv2d({ kernelSize: 3, strides: stride, padding: stride === 1 ? 'same' : 'valid', useBias: false, name: p + 'depthwise' }).apply(z)));
      z = bn(p + 'project_BN').apply(L.conv2d({ filters: c, kernelSize: 1, padding: 'same', useBias: false, name: p + 'project' }).apply(z));
      y = stride === 1 && channels === c ? L.add({ name: p + 'add' }).apply([y, z]) : z;
      channels = c;
    }
  y = relu6('out_relu').apply(bn('Conv_1_bn').apply(L.conv2d({ filters: 128, kernelSize: 1, useBias: false, name: 'Conv_1' }).apply(y)));
  y = L.dense({ units: 10, name: 'predictions' }).apply(L.globalAveragePooling2d({ name: 'gap' }).apply(y));
  golden('network_mobilenet_v2', tf.model({ inputs: x, outputs: y }));
}
{
  const x = tf.input({ shape: [32, 32, 3], name: 'input_1' });
  const act = name => L.activation({ activation: 'relu', name });
  let y = L.conv2d({ filters: 8, kernelSize: 7, strides: 2, name: 'conv1_conv' }).apply(L.zeroPadding2d({ padding: [[3, 3], [3, 3]], name: 'conv1_pad' }).apply(x));
  y = act('conv1_relu').apply(bn('conv1_bn').apply(y));
  y = L.maxPooling2d({ poolSize: 3, strides: 2, name: 'pool1_pool' }).apply(L.zeroPadding2d({ padding: [[1, 1], [1, 1]], name: 'pool1_pad' }).apply(y));
  [[8, 3, 1], [16, 4, 2], [32, 6, 2], [64, 3, 2]].forEach(([f, blocks, s], stage) => {
    for (let b = 1; b <= blocks; b++) {
      const p = `conv${stage + 2}_block${b}_`, stride = b === 1 ? s : 1;
      const conv = (n, filters, k, v, st = 1) => bn(p + n + '_bn').apply(L.conv2d({ filters, kernelSize: k, strides: st, padding: k === 3 ? 'same' : 'valid', name: p + n + '_conv' }).apply(v));
      const shortcut = b === 1 ? conv('0', 4 * f, 1, y, stride) : y;
      let z = act(p + '1_relu').apply(conv('1', f, 1, y, stride));
      z = act(p + '2_relu').apply(conv('2', f, 3, z));
      y = act(p + 'out').apply(L.add({ name: p + 'add' }).apply([shortcut, conv('3', 4 * f, 1, z)]));
    }
  });
  y = L.dense({ units: 10, name: 'predictions' }).apply(L.globalAveragePooling2d({ name: 'avg_pool' }).apply(y));
  golden('network_resnet50', tf.model({ inputs: x, outputs: y }));
}
golden('network_text_classifier', indices(12, L.embedding({ inputDim: 50, outputDim: 8, name: 'embed' }),
  L.bidirectional({ layer: L.lstm({ units: 6, returnSequences: true }), name: 'both' }), L.gru({ units: 5, name: 'gru' }),
  L.dense({ units: 3, activation: 'softmax', name: 'topic' })), 2, { vocabulary: 50 });
golden('network_text_classifier_open', indices(null, L.embedding({ inputDim: 50, outputDim: 8, name: 'embed' }),
  L.lstm({ units: 6, returnSequences: true, name: 'lstm' }), L.globalMaxPooling1d({ name: 'max' }),
  L.dense({ units: 3, name: 'topic' })), 2, { vocabulary: 50, length: 7 });
{
  const tower = tf.model({ ...(() => { const i = tf.input({ shape: [8, 8, 1], name: 'patch' });
    const c = L.conv2d({ filters: 4, kernelSize: 3, name: 'tower_conv' }).apply(i);
    return { inputs: i, outputs: L.globalAveragePooling2d({ name: 'tower_pool' }).apply(relu6('tower_relu').apply(bn('tower_bn').apply(c))) }; })(), name: 'tower' });
  const a = tf.input({ shape: [8, 8, 1], name: 'left' }), b = tf.input({ shape: [8, 8, 1], name: 'right' });
  const head = tf.sequential({ name: 'head', layers: [L.dense({ units: 3, activation: 'relu', inputShape: [8], name: 'h1' }), L.batchNormalization({ name: 'h2' }), L.dense({ units: 1, name: 'h3' })] });
  golden('network_nested_and_shared', tf.model({ inputs: [a, b], outputs: head.apply(L.concatenate({ name: 'pair' }).apply([tower.apply(a), tower.apply(b)])) }));
}
{
  // A transformer block, from its definition: attention, sum and normalisation, feed-forward, sum and normalisation.
  const numbers = new Numbers();
  const [width, heads, size] = [8, 2, 4];
  const attention = ['query', 'key', 'value'].flatMap(n => [[n + '/kernel', [width, heads, size]], [n + '/bias', [heads, size]]])
    .concat([['attention_output/kernel', [heads, size, width]], ['attention_output/bias', [width]]]);
  const norm = [['gamma', [width]], ['beta', [width]]];
  const groups = [['mha', attention], ['sum1', []], ['norm1', norm], ['up', [['kernel', [width, 16]], ['bias', [16]]]],
    ['down', [['kernel', [16, width]], ['bias', [width]]]], ['sum2', []], ['norm2', norm]];
  const weights = groups.map(([layer, list]) => ({ layer, weights: list.map(([name, shape]) => ({ name, shape, range: range(name, shape) })) }));
  const t = Object.fromEntries(weights.map(g => [g.layer, g.weights.map(w => numbers.tensor(w.shape, ...w.range))]));
  const x = numbers.tensor([2, 6, width], -1, 1);
  const call = (...from) => [from.map(f => [f, 0, 0, {}])];
  const layer = (class_name, name, config, inbound_nodes) => ({ class_name, name, config: { name, ...config }, inbound_nodes });
  const config = { class_name: 'Functional', config: { name: 'block', layers: [
    layer('InputLayer', 'x', { batch_input_shape: [null, null, width], dtype: 'float32' }, []),
    layer('MultiHeadAttention', 'mha', { num_heads: heads, key_dim: size, use_bias: true }, [[['x', 0, 0, { value: ['x', 0, 0] }]]]),
    layer('Add', 'sum1', {}, call('x', 'mha')), layer('LayerNormalization', 'norm1', { axis: [2], epsilon: 1e-6 }, call('sum1')),
    layer('Dense', 'up', { units: 16, activation: 'relu' }, call('norm1')), layer('Dense', 'down', { units: width }, call('up')),
    layer('Add', 'sum2', {}, call('norm1', 'down')), layer('LayerNormalization', 'norm2', { axis: [2], epsilon: 1e-6 }, call('sum2'))],
    input_layers: [['x', 0, 0]], output_layers: [['norm2', 0, 0]] } };
  const project = i => tf.add(tf.einsum('abc,cde->abde', x, t.mha[i]), t.mha[i + 1]);
  const scores = tf.softmax(tf.mul(tf.einsum('bqhd,bkhd->bhqk', project(0), project(2)), 1 / Math.sqrt(size)));
  const joined = tf.reshape(tf.einsum('bhqk,bkhd->bqhd', scores, project(4)), [12, heads * size]);
  const attended = tf.reshape(tf.add(tf.matMul(joined, tf.reshape(t.mha[6], [heads * size, width])), t.mha[7]), x.shape);
  const normalise = (v, [gamma, beta]) => { const { mean, variance } = tf.moments(v, -1, true);
    return tf.add(tf.mul(tf.div(tf.sub(v, mean), tf.sqrt(tf.add(variance, 1e-6))), gamma), beta); };
  const first = normalise(tf.add(x, attended), t.norm1);
  const hidden = tf.relu(tf.add(tf.matMul(tf.reshape(first, [12, width]), t.up[0]), t.up[1]));
  const fed = tf.reshape(tf.add(tf.matMul(hidden, t.down[0]), t.down[1]), x.shape);
  save('network_transformer_block', config, weights, [{ shape: x.shape, dtype: 'float32', range: [-1, 1] }], [normalise(tf.add(first, fed), t.norm2)], '2.8.0');
}

// Networks of keras.applications as Keras 2 writes them, with what tfjs-layers lacks: each layer stands beside what it gives by its definition.
const activations = { linear: x => x, relu: x => tf.relu(x), swish: x => tf.mul(x, tf.sigmoid(x)), sigmoid: x => tf.sigmoid(x), softmax: x => tf.softmax(x),
  gelu: x => tf.mul(tf.mul(x, 0.5), tf.add(1, tf.erf(tf.mul(x, Math.SQRT1_2)))) };
class Network {
  layers = [];
  steps = [];
  channels = { input_1: 3 };
  constructor(gain = 1) { this.gain = gain; } // of kernels: activations and excitations that halve would else leave nothing of the image
  add(class_name, name, config, from, compute, { weights = [], channels, call } = {}) {
    const sources = [].concat(from);
    this.layers.push({ class_name, name, config, weights, call: call ?? sources.map(source => [source, 0, 0, {}]) });
    this.steps.push({ name, sources, count: weights.length, compute });
    this.channels[name] = channels ?? this.channels[sources[0]];
    return name;
  }
  conv(name, from, filters, size, { strides = 1, padding = 'same', bias = true, activation = 'linear' } = {}) {
    const config = { filters, kernel_size: [size, size], strides: [strides, strides], padding, dilation_rate: [1, 1], groups: 1, use_bias: bias, activation };
    return this.add('Conv2D', name, config, from, (x, k, b) => activations[activation](b ? tf.add(tf.conv2d(x, k, strides, padding), b) : tf.conv2d(x, k, strides, padding)),
      { weights: [['kernel', [size, size, this.channels[from], filters], this.gain], ...(bias ? [['bias', [filters]]] : [])], channels: filters });
  }
  depthwise(name, from, size, strides) {
    const padding = strides === 1 ? 'same' : 'valid';
    const config = { kernel_size: [size, size], strides: [strides, strides], padding, depth_multiplier: 1, use_bias: false, activation: 'linear' };
    return this.add('DepthwiseConv2D', name, config, from, (x, k) => tf.depthwiseConv2d(x, k, strides, padding), { weights: [['depthwise_kernel', [size, size, this.channels[from], 1], this.gain]] });
  }
  pad(name, from, size) {
    const padding = [[Math.floor(size / 2) - 1, Math.floor(size / 2)], [Math.floor(size / 2) - 1, Math.floor(size / 2)]];
    return this.add('ZeroPadding2D', name, { padding }, from, x => tf.pad(x, [[0, 0], ...padding, [0, 0]]));
  }
  batchNormalization(name, from) {
    return this.add('BatchNormalization', name, { axis: [3], momentum: 0.999, epsilon: 0.001, center: true, scale: true }, from, (x, ...w) => normalised(x, [1, 1, 1, -1], w), { weights: statistics(this.channels[from]) });
  }
  layerNormalization(name, from) {
    return this.add('LayerNormalization', name, { axis: [-1], epsilon: 1e-6 }, from, layerNormalised, { weights: [['gamma', [this.channels[from]]], ['beta', [this.channels[from]]]] });
  }
  dense(name, from, units, activation = 'linear') {
    return this.add('Dense', name, { units, activation, use_bias: true }, from,
      (x, k, b) => activations[activation](tf.add(tf.reshape(tf.matMul(tf.reshape(x, [-1, x.shape.at(-1)]), k), [...x.shape.slice(0, -1), units]), b)),
      { weights: [['kernel', [this.channels[from], units]], ['bias', [units]]], channels: units });
  }
  activation(name, from, activation) { return this.add('Activation', name, { activation }, from, activations[activation]); }
  relu(name, from, limit = null) { return this.add('ReLU', name, { max_value: limit, negative_slope: 0, threshold: 0 }, from, x => limit === null ? tf.relu(x) : tf.clipByValue(x, 0, limit)); }
  pool(name, from, keepdims) { return this.add('GlobalAveragePooling2D', name, { keepdims }, from, x => tf.mean(x, [1, 2], keepdims)); }
  same(class_name, name, config, from) { return this.add(class_name, name, config, from, x => x); }
  merge(class_name, name, from) { return this.add(class_name, name, {}, from, class_name === 'Add' ? tf.add : tf.mul, { channels: this.channels[from[0]] }); }
  operation(func, from, y, compute) {
    const name = `tf.${func}_${this.layers.length}`, isTensor = typeof y === 'string';
    return this.add('TFOpLambda', name, { function: func }, isTensor ? [from, y] : from, isTensor ? compute : x => compute(x, y), { call: [[from, 0, 0, { y: isTensor ? [y, 0, 0] : y, name: null }]] });
  }
  save(name, output, version, size = 32) {
    graph(name, this.layers, [{ name: 'input_1', shape: [size, size, 3], range: [0, 255] }], output, ([image], weights) => {
      const values = { input_1: image };
      let next = 0;
      for (const { name: step, sources, count, compute } of this.steps)
        values[step] = compute(...sources.map(source => values[source]), ...weights.slice(next, next += count));
      return values[output];
    }, version);
  }
}
const layerNormalised = (x, gamma, beta) => tf.add(tf.mul(standard(x, [-1], 1e-6), gamma), beta);
const colors = { mean: [123.675, 116.28, 103.53], variance: [3409.976, 3262.694, 3291.891] };
const toColors = x => tf.div(tf.sub(x, colors.mean), tf.sqrt(tf.tensor(colors.variance)));
{
  const n = new Network(2), plain = { bias: false };
  let y = n.add('Rescaling', 'rescaling', { scale: 1 / 255, offset: 0 }, 'input_1', x => tf.mul(x, 1 / 255));
  y = n.add('Normalization', 'normalization', { axis: [3], mean: null, variance: null }, y, (x, m, v) => tf.div(tf.sub(x, m), tf.sqrt(v)), { weights: [['mean', [3]], ['variance', [3]], ['count', []]] });
  const scales = [2.0897, 2.1129, 2.1082];
  y = n.add('Rescaling', 'rescaling_1', { scale: scales, offset: 0 }, y, x => tf.mul(x, scales));
  y = n.conv('stem_conv', n.pad('stem_conv_pad', y, 3), 8, 3, { strides: 2, padding: 'valid', bias: false });
  y = n.activation('stem_activation', n.batchNormalization('stem_bn', y), 'swish');
  [[3, 1, 4, 1, 1], [3, 2, 6, 6, 2], [5, 2, 10, 6, 2], [3, 3, 20, 6, 2], [5, 3, 28, 6, 1], [5, 4, 48, 6, 2], [3, 1, 80, 6, 1]].forEach(([size, repeats, filters, expansion, first], stage) => {
    for (let i = 0; i < repeats; i++) {
      const p = `block${stage + 1}${'abcd'[i]}_`, from = y, width = n.channels[y], strides = i === 0 ? first : 1;
      if (expansion > 1) y = n.activation(p + 'expand_activation', n.batchNormalization(p + 'expand_bn', n.conv(p + 'expand_conv', y, width * expansion, 1, plain)), 'swish');
      if (strides === 2) y = n.pad(p + 'dwconv_pad', y, size);
      y = n.activation(p + 'activation', n.batchNormalization(p + 'bn', n.depthwise(p + 'dwconv', y, size, strides)), 'swish');
      const wide = n.channels[y];
      let s = n.add('Reshape', p + 'se_reshape', { target_shape: [1, 1, wide] }, n.pool(p + 'se_squeeze', y, false), x => tf.reshape(x, [-1, 1, 1, wide]));
      s = n.conv(p + 'se_expand', n.conv(p + 'se_reduce', s, Math.max(1, width >> 2), 1, { activation: 'swish' }), wide, 1, { activation: 'sigmoid' });
      y = n.batchNormalization(p + 'project_bn', n.conv(p + 'project_conv', n.merge('Multiply', p + 'se_excite', [y, s]), filters, 1, plain));
      if (i > 0) y = n.merge('Add', p + 'add', [n.same('Dropout', p + 'drop', { rate: 0.1, noise_shape: [null, 1, 1, 1] }, y), from]);
    }
  });
  y = n.activation('top_activation', n.batchNormalization('top_bn', n.conv('top_conv', y, 320, 1, plain)), 'swish');
  n.save('network_efficientnet_b0', n.dense('predictions', n.same('Dropout', 'top_dropout', { rate: 0.2 }, n.pool('avg_pool', y, false)), 10, 'softmax'), '2.13.1');
}
{
  const n = new Network(2), plain = { bias: false };
  const hardSigmoid = from => n.operation('math.multiply', n.relu(`re_lu_${n.layers.length}`, n.operation('__operators__.add', from, 3, tf.add), 6), 1 / 6, tf.mul);
  const activate = { relu: (name, from) => n.relu(name, from), hard: (name, from) => n.merge('Multiply', name, [from, hardSigmoid(from)]) };
  let y = n.add('Rescaling', 'rescaling', { scale: 1 / 127.5, offset: -1 }, 'input_1', x => tf.sub(tf.div(x, 127.5), 1));
  y = activate.hard('multiply', n.batchNormalization('Conv/BatchNorm', n.conv('Conv', y, 4, 3, { strides: 2, bias: false })));
  [[1, 4, 3, 2, true, 'relu'], [4.5, 6, 3, 2, false, 'relu'], [22 / 6, 6, 3, 1, false, 'relu'], [4, 10, 5, 2, true, 'hard'], [6, 10, 5, 1, true, 'hard'], [6, 10, 5, 1, true, 'hard'],
    [3, 12, 5, 1, true, 'hard'], [3, 12, 5, 1, true, 'hard'], [6, 24, 5, 2, true, 'hard'], [6, 24, 5, 1, true, 'hard'], [6, 24, 5, 1, true, 'hard']].forEach(([expansion, filters, size, strides, squeezes, kind], i) => {
    const p = i === 0 ? 'expanded_conv/' : `expanded_conv_${i}/`, from = y;
    if (i > 0) y = activate[kind](p + 'expand/act', n.batchNormalization(p + 'expand/BatchNorm', n.conv(p + 'expand', y, Math.round(n.channels[y] * expansion), 1, plain)));
    if (strides === 2) y = n.pad(p + 'depthwise/pad', y, size);
    y = activate[kind](p + 'depthwise/act', n.batchNormalization(p + 'depthwise/BatchNorm', n.depthwise(p + 'depthwise', y, size, strides)));
    if (squeezes) {
      const s = n.relu(p + 'squeeze_excite/Relu', n.conv(p + 'squeeze_excite/Conv', n.pool(p + 'squeeze_excite/AvgPool', y, true), 8, 1));
      y = n.merge('Multiply', p + 'squeeze_excite/Mul', [y, hardSigmoid(n.conv(p + 'squeeze_excite/Conv_1', s, n.channels[y], 1))]);
    }
    y = n.batchNormalization(p + 'project/BatchNorm', n.conv(p + 'project', y, filters, 1, plain));
    if (strides === 1 && n.channels[from] === filters) y = n.merge('Add', p + 'Add', [from, y]);
  });
  y = activate.hard('multiply_1', n.batchNormalization('Conv_1/BatchNorm', n.conv('Conv_1', y, 144, 1, plain)));
  y = activate.hard('multiply_2', n.conv('Conv_2', n.pool('global_average_pooling2d', y, true), 256, 1));
  y = n.conv('Logits', n.same('Dropout', 'dropout', { rate: 0.2 }, y), 10, 1);
  y = n.add('Flatten', 'flatten', { data_format: 'channels_last' }, y, x => tf.reshape(x, [-1, 10]));
  n.save('network_mobilenet_v3_small', n.activation('Predictions', y, 'softmax'), '2.9.0');
}
{
  const n = new Network(), widths = [8, 16, 24, 32];
  const normalization = (name, width) => ({ class_name: 'LayerNormalization', config: { name, axis: [-1], epsilon: 1e-6 }, weights: [['gamma', [width]], ['beta', [width]]] });
  const convolution = (name, size, from, filters) => ({ class_name: 'Conv2D', config: { name, filters, kernel_size: [size, size], strides: [size, size], padding: 'valid', use_bias: true, activation: 'linear' }, weights: [['kernel', [size, size, from, filters]], ['bias', [filters]]] });
  const sequential = (name, from, filters, layers, side, compute) => n.add('Sequential', name, { layers: [
    { class_name: 'InputLayer', config: { name: name + '_input', batch_input_shape: [null, side, side, n.channels[from]], dtype: 'float32' } }, ...layers.map(({ class_name, config }) => ({ class_name, config }))] },
    from, compute, { weights: layers.flatMap(layer => layer.weights), channels: filters });
  let y = n.add('Normalization', 'convnext_tiny_prestem_normalization', { axis: [-1], ...colors }, 'input_1', toColors);
  y = sequential('convnext_tiny_stem', y, 8, [convolution('convnext_tiny_stem_conv', 4, 3, 8), normalization('convnext_tiny_stem_layernorm', 8)], 64,
    (x, k, b, gamma, beta) => layerNormalised(tf.add(tf.conv2d(x, k, 4, 'valid'), b), gamma, beta));
  [3, 3, 9, 3].forEach((depth, stage) => {
    const width = widths[stage], before = `convnext_tiny_downsampling_block_${stage - 1}`;
    if (stage > 0) y = sequential(before, y, width, [normalization(before + '_layernorm', widths[stage - 1]), convolution(before + '_conv', 2, widths[stage - 1], width)], 32 >> stage,
      (x, gamma, beta, k, b) => tf.add(tf.conv2d(layerNormalised(x, gamma, beta), k, 2, 'valid'), b));
    for (let i = 0; i < depth; i++) {
      const p = `convnext_tiny_stage_${stage}_block_${i}_`, from = y;
      y = n.add('Conv2D', p + 'depthwise_conv', { filters: width, kernel_size: [7, 7], strides: [1, 1], padding: 'same', groups: width, use_bias: true, activation: 'linear' }, y,
        (x, k, b) => tf.add(tf.depthwiseConv2d(x, tf.reshape(k, [7, 7, width, 1]), 1, 'same'), b), { weights: [['kernel', [7, 7, 1, width]], ['bias', [width]]] });
      y = n.activation(p + 'gelu', n.dense(p + 'pointwise_conv_1', n.layerNormalization(p + 'layernorm', y), 4 * width), 'gelu');
      y = n.add('LayerScale', p + 'layer_scale', { init_values: 1e-6, projection_dim: width }, n.dense(p + 'pointwise_conv_2', y, width), (x, gamma) => tf.mul(x, gamma), { weights: [['gamma', [width]]] });
      y = stage + i === 0 ? n.activation(p + 'identity', y, 'linear') : n.same('StochasticDepth', p + 'stochastic_depth', { drop_path_rate: 0.1 }, y);
      y = n.operation('__operators__.add', from, y, tf.add);
    }
  });
  y = n.layerNormalization('convnext_tiny_head_layernorm', n.pool('convnext_tiny_head_gap', y, false));
  n.save('network_convnext_tiny', n.dense('convnext_tiny_head_dense', y, 10, 'softmax'), '2.11.0', 64);
}
