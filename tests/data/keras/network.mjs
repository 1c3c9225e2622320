// A network of keras.applications as Keras 2 writes it: each layer stands beside what it gives by its definition.
import { graph, normalised, standard, statistics, tf } from './goldens.mjs';

const activations = { linear: x => x, relu: x => tf.relu(x), swish: x => tf.mul(x, tf.sigmoid(x)), sigmoid: x => tf.sigmoid(x), softmax: x => tf.softmax(x),
  gelu: x => tf.mul(tf.mul(x, 0.5), tf.add(1, tf.erf(tf.mul(x, Math.SQRT1_2)))) };
export class Network {
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
export const layerNormalised = (x, gamma, beta) => tf.add(tf.mul(standard(x, [-1], 1e-6), gamma), beta);
