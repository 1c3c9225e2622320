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
