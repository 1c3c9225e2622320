// What the goldens beside it are made with: a generator of numbers, so that a golden holds only the architecture and the outputs, and four
// ways to make one.
import * as tf from '@tensorflow/tfjs';
import { writeFileSync } from 'node:fs';

export { tf };
export const L = tf.layers;

export class Numbers {
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

export function range(name, shape) {
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

export function save(name, config, weights, inputs, outputs, version) {
  const values = outputs.map(o => ({ shape: o.shape, values: Array.from(o.dataSync(), v => Number(v.toPrecision(9))) }));
  writeFileSync(new URL(`./${name}.json`, import.meta.url), JSON.stringify({ version, config, weights, inputs, outputs: values }) + '\n');
  console.log(name, values.map(o => `[${o.shape}] ${o.values.slice(0, 4)}`).join(' '));
}

// A model of tfjs-layers: its own config, its own answer.
export function golden(name, model, batch = 2, steps = {}, version = '2.2.4') {
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
export function defined(name, layer, inputShape, weights, compute, version = '2.4.0') {
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
export function chain(name, layers, inputShape, compute, { version = '3.4.1', range: inputRange = [-1, 1], floor = false, dtype = 'float32', batch = 2 } = {}) {
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

export const one = (shape, ...layers) => {
  const x = tf.input({ shape, name: 'x' });
  return tf.model({ inputs: x, outputs: layers.reduce((value, layer) => layer.apply(value), x) });
};
export const indices = (length, ...layers) => {
  const x = tf.input({ shape: [length], name: 'tokens' });
  return tf.model({ inputs: x, outputs: layers.reduce((value, layer) => layer.apply(value), x) });
};
// Several layers and what goes into them, with calls as Keras writes them: a node of Keras 2, or the arguments of Keras 3.
export const graph = (name, layers, inputs, output, compute, version = '3.4.1') => {
  const numbers = new Numbers();
  const weights = layers.map(l => ({ layer: l.name, weights: (l.weights ?? []).map(([n, shape, gain = 1]) => ({ name: n, shape, range: range(n, shape).map(limit => limit * gain) })) }));
  const tensors = weights.flatMap(g => g.weights.map(w => numbers.tensor(w.shape, ...w.range)));
  const given = inputs.map(i => { const x = numbers.tensor([2, ...i.shape], ...(i.range ?? [-1, 1])); return i.floor ? tf.floor(x) : x; });
  const config = { class_name: 'Functional', config: { name, layers: [
    ...inputs.map(i => ({ class_name: 'InputLayer', name: i.name, config: { name: i.name, batch_input_shape: [null, ...i.shape], dtype: i.dtype ?? 'float32' }, inbound_nodes: [] })),
    ...layers.map(l => ({ class_name: l.class_name, name: l.name, ...(l.module ? { module: l.module } : {}), config: { name: l.name, ...l.config }, inbound_nodes: [l.call] }))],
    input_layers: inputs.map(i => [i.name, 0, 0]), output_layers: [].concat(output).map(o => Array.isArray(o) ? [o[0], 0, o[1]] : [o, 0, 0]) } };
  save(name, config, weights, inputs.map(i => ({ shape: [2, ...i.shape], dtype: i.dtype ?? 'float32', range: i.range ?? [-1, 1], floor: i.floor ?? false })), [compute(given, tensors)].flat(), version);
};
export function kerasTensor(layer, shape) { return { class_name: '__keras_tensor__', config: { shape, dtype: 'float32', keras_history: [layer, 0, 0] } }; }

// Definitions that several goldens share.
export const statistics = n => [['gamma', [n]], ['beta', [n]], ['moving_mean', [n]], ['moving_variance', [n]]];
export const normalised = (x, shape, [g, b, m, v]) => tf.add(tf.mul(tf.div(tf.sub(x, tf.reshape(m, shape)), tf.sqrt(tf.add(tf.reshape(v, shape), 0.001))), tf.reshape(g, shape)), tf.reshape(b, shape));
export const standard = (x, axes, epsilon) => { const { mean, variance } = tf.moments(x, axes, true); return tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, epsilon))); };
export const lookup = (t, x) => tf.gather(t, x.toInt());
export const embedded = (input, output) => ({ class_name: 'Embedding', config: { input_dim: input, output_dim: output, mask_zero: true }, weights: [['embeddings', [input, output]]] });
