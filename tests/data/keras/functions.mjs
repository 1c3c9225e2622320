// Makes random models of functions that stand as layers, in the notation of Keras 2 or of Keras 3, as H5 files, with inputs and the answers of
// tfjs-core. Run it like random.mjs, and compare.mjs after it: node functions.mjs <seed> <count> <directory>
import * as tf from '@tensorflow/tfjs';
import h5wasm from 'h5wasm/node';
import { mkdirSync, writeFileSync } from 'node:fs';
await h5wasm.ready; await tf.setBackend('cpu');
let seed = Number(process.argv[2] ?? 1); const count = Number(process.argv[3] ?? 50), dir = process.argv[4];
const rnd = () => { seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0; return (seed >>> 8) / 16777216; };
const int = (a, b) => a + Math.floor(rnd() * (b - a + 1)), pick = a => a[int(0, a.length - 1)], flip = (p = 0.5) => rnd() < p;
const real = () => Math.round((rnd() * 2 - 1) * 100) / 100;

// Each gives what tf.keras and Keras 3 write, and what it is: [name, arguments], [class, module, settings, further arguments], compute.
const unary = [['math.abs', 'Absolute', tf.abs], ['math.exp', 'Exp', x => tf.exp(tf.minimum(x, 3))], ['math.square', 'Square', tf.square], ['math.tanh', 'Tanh', tf.tanh], ['math.sigmoid', 'Sigmoid', tf.sigmoid], ['nn.relu', 'Relu', tf.relu],
  ['math.sin', 'Sin', tf.sin], ['math.sign', 'Sign', tf.sign], ['math.floor', 'Floor', tf.floor], ['nn.softplus', 'Softplus', tf.softplus], ['nn.silu', 'Silu', x => tf.mul(x, tf.sigmoid(x))], ['math.negative', 'Negative', tf.neg]].filter(([n]) => n !== 'math.exp');
const binary = [['math.add', 'Add', tf.add], ['math.subtract', 'Subtract', tf.sub], ['math.multiply', 'Multiply', tf.mul], ['math.maximum', 'Maximum', tf.maximum], ['math.minimum', 'Minimum', tf.minimum]];
const reductions = [['math.reduce_mean', 'Mean', tf.mean], ['math.reduce_sum', 'Sum', tf.sum], ['math.reduce_max', 'Max', tf.max], ['math.reduce_min', 'Min', tf.min]];
const axis = (x, from = 1) => (flip() ? a => a : a => a - x.rank)(int(from, x.rank - 1));
const slices = (x, isNew) => {
  const spec = [], steps = []; let squeezed = [], at = 0;
  for (let i = 0; i < x.rank; i++) {
    if (i > 0 && flip(0.15)) { spec.push(null); steps.push('new'); }
    if (i > 0 && x.shape[i] > 1 && flip(0.3)) { const p = int(0, x.shape[i] - 1); spec.push(flip() ? p : p - x.shape[i]); steps.push([p]); continue; }
    if (i === 0 || flip(0.4)) { spec.push(range(null, null, null, isNew)); steps.push(null); continue; }
    const step = pick([1, 1, 2, -1]), size = x.shape[i];
    const [a, b] = [int(0, size - 1), int(0, size)].sort((p, q) => p - q), from = step > 0 ? a : null, to = step > 0 ? (b > a ? b : null) : null;
    spec.push(range(from, to === null ? null : flip() && to < size ? to - size : to, step === 1 && flip() ? null : step, isNew));
    const all = Array.from({ length: size }, (_, n) => n), kept = all.slice(from ?? 0, to ?? size); steps.push(step < 0 ? kept.reverse() : kept.filter((_, n) => n % step === 0));
  }
  return [spec, v => { let axis = 0, y = v; const drop = [];
    for (const s of steps) { if (s === 'new') y = tf.expandDims(y, axis++); else if (s === null) axis++; else if (s.length === 1 && typeof spec[steps.indexOf(s)] === 'number') { y = tf.squeeze(tf.gather(y, tf.tensor1d(s, 'int32'), axis), [axis]); } else { y = tf.gather(y, tf.tensor1d(s, 'int32'), axis++); } }
    return y; }];
};
const range = (start, stop, step, isNew) => (isNew ? { class_name: '__slice__', config: { start, stop, step } } : { start, stop, step });
const kinds = [
  x => { const [n, c, f] = pick(unary); return { old: [n, {}], new: [c, 'numpy', {}, []], f }; },
  x => { const [n, c, f] = pick(binary), y = flip() ? real() : Array.from({ length: x.shape.at(-1) }, real); return { old: [n, { y }], new: [c, 'numpy', {}, [y]], f: v => f(v, y) }; },
  (x, other) => { const [n, c, f] = pick(binary); return other ? { old: [n, { y: ['ref', other.name] }], new: [c, 'numpy', {}, [['ref', other.name]]], f: v => f(v, other.value) } : null; },
  x => { const [n, c, f] = pick(reductions), a = x.rank > 2 && flip(0.3) ? [1, 2] : axis(x), keepdims = flip(); return x.rank > 1 ? { old: [n, { axis: a, ...(keepdims ? { keepdims } : {}) }], new: [c, 'numpy', { axis: Array.isArray(a) ? a : [a], keepdims }, []], f: v => f(v, a, keepdims) } : null; },
  x => { const a = int(1, x.rank); return x.rank < 5 ? { old: ['expand_dims', { axis: a }], new: ['ExpandDims', 'numpy', { axis: a }, []], f: v => tf.expandDims(v, a) } : null; },
  x => { const a = x.shape.findIndex((d, i) => i > 0 && d === 1); return a > 0 ? { old: [pick(['squeeze', 'compat.v1.squeeze']), { axis: [a] }], new: ['Squeeze', 'numpy', { axis: a }, []], f: v => tf.squeeze(v, [a]) } : null; },
  x => { const p = [0, ...Array.from({ length: x.rank - 1 }, (_, i) => i + 1).sort(() => rnd() - 0.5)]; return { old: ['transpose', { perm: p }], new: ['Transpose', 'numpy', { axes: p }, []], f: v => tf.transpose(v, p) }; },
  x => { const size = x.shape.slice(1).reduce((a, b) => a * b, 1), d = pick([1, 2, 3, 4].filter(n => size % n === 0)), shape = pick([[-1, size], [-1, d, size / d], [-1, size / d, d, 1]]); return { old: ['reshape', { shape }], new: ['Reshape', 'numpy', { newshape: shape }, []], f: v => tf.reshape(v, [2, ...shape.slice(1)]) }; },
  (x, other, same) => { const a = axis(x); return { list: same ? [same] : [{ value: null }], old: ['concat', { axis: a }], new: ['Concatenate', 'numpy', { axis: a }, []], f: (v, w) => tf.concat([v, w], a < 0 ? a + v.rank : a) }; },
  (x, other, same) => { const a = int(1, x.rank); return x.rank < 4 ? { list: same ? [same] : [{ value: null }], old: ['stack', { axis: a }], new: ['Stack', 'numpy', { axis: a }, []], f: (v, w) => tf.stack([v, w], a) } : null; },
  (x, o, s, isNew) => { const [spec, f] = slices(x, isNew); return x.rank > 1 && x.rank < 4 ? { slicing: true, old: ['__operators__.getitem', { slice_spec: spec }], new: ['GetItem', 'numpy', {}, [{ class_name: '__tuple__', items: spec }]], f } : null; },
  x => { const p = x.shape.map((_, i) => (i === 0 ? [0, 0] : [int(0, 2), int(0, 1)])); return x.rank < 5 ? { old: ['pad', { paddings: p }], new: ['Pad', 'numpy', { pad_width: p, mode: 'constant' }, []], f: v => tf.pad(v, p) } : null; },
  x => { const a = axis(x); return { old: ['nn.softmax', { axis: a }], new: ['Softmax', 'nn', { axis: a }, []], f: v => { const i = a < 0 ? a + v.rank : a, p = v.shape.map((_, n) => n); [p[i], p[v.rank - 1]] = [p[v.rank - 1], p[i]]; return tf.transpose(tf.softmax(tf.transpose(v, p)), p); } }; },
  x => { const a = int(1, x.rank - 1), i = Array.from({ length: int(1, 3) }, () => int(0, x.shape[a] - 1)); return { old: ['compat.v1.gather', { indices: i, axis: a }], new: ['Take', 'numpy', { axis: a }, [i]], f: v => tf.gather(v, tf.tensor1d(i, 'int32'), a) }; },
  x => { const a = int(1, x.rank - 1), r = int(1, 3); return { old: ['repeat', { repeats: r, axis: a }], new: ['Repeat', 'numpy', { repeats: r, axis: a }, []], f: v => tf.gather(v, tf.tensor1d(Array.from({ length: v.shape[a] * r }, (_, n) => Math.floor(n / r)), 'int32'), a) }; },
  x => ({ old: ['clip_by_value', { clip_value_min: -0.5, clip_value_max: 0.75 }], new: ['Clip', 'numpy', { x_min: -0.5, x_max: 0.75 }, []], f: v => tf.clipByValue(v, -0.5, 0.75) }),
  x => (x.rank === 3 ? { old: ['linalg.matmul', { b: ['ref', x.name], transpose_b: true }], new: null, f: v => tf.matMul(v, v, false, true) } : null),
  x => { const t = real(); return { old: ['where', { x: ['ref', x.name], y: 0 }], condition: t, new: null, f: v => tf.where(tf.greater(v, t), v, tf.zerosLike(v)) }; },
];
function model(k) {
  const isNew = flip(), shape = pick([[int(3, 6)], [int(2, 5), int(2, 5)], [int(2, 4), int(2, 4), int(1, 3)]]), xs = tf.tensor(Array.from({ length: 2 * shape.reduce((a, b) => a * b) }, real), [2, ...shape]);
  const layers = [{ class_name: 'InputLayer', name: 'x', config: { name: 'x', batch_input_shape: [null, ...shape], dtype: 'float32' }, inbound_nodes: [] }], values = [{ name: 'x', value: xs }];
  const tensor = (n, bool) => { const v = values.find(o => o.name === n)?.value; return { class_name: '__keras_tensor__', config: { shape: v ? [null, ...v.shape.slice(1)] : null, dtype: bool ? 'bool' : 'float32', keras_history: [n, 0, 0] } }; };
  const deep = (v, f) => (Array.isArray(v) && v[0] === 'ref' ? f(v[1]) : v);
  for (let i = 0; i < int(3, 9); i++) {
    const from = flip(0.6) ? values.at(-1) : pick(values), x = { name: from.name, rank: from.value.rank, shape: from.value.shape };
    if (x.rank < 2 || x.shape.reduce((a, b) => a * b, 1) > 1500 || x.shape.some(d => d === 0)) continue;
    const same = pick(values.filter(v => String(v.value.shape) === String(x.shape))), kind = pick(kinds)(x, same, same, isNew);
    if (!kind || (isNew && !kind.new)) continue;
    const name = `f${k}_${i}`; let value; try { value = kind.f(from.value, same.value); } catch (e) { continue; }
    if (value.shape.some(d => d === 0) || !isFinite(tf.max(tf.abs(value)).dataSync()[0]) || tf.max(tf.abs(value)).dataSync()[0] > 1e4) continue;
    if (isNew) { const [class_name, module, config, rest] = kind.new; const first = kind.list ? [tensor(from.name), tensor(same.name)] : tensor(from.name);
      layers.push({ class_name, name, module: `keras.src.ops.${module}`, registered_name: class_name, config: { name, ...config }, inbound_nodes: [{ args: [first, ...rest.map(r => deep(r, tensor))], kwargs: {} }] });
    } else {
      const [func, args] = kind.old, named = Object.fromEntries(Object.entries(args).map(([n, v]) => [n, deep(v, r => [r, 0, 0])]));
      let source = from.name;
      if (kind.condition !== undefined) { source = name + '_is'; layers.push({ class_name: 'TFOpLambda', name: source, config: { name: source, function: 'math.greater', dtype: 'float32' }, inbound_nodes: [[from.name, 0, 0, { y: kind.condition }]] }); }
      const first = kind.list ? [[source, 0, 0, named], [same.name, 0, 0, named]] : [source, 0, 0, named];
      layers.push({ class_name: kind.slicing ? 'SlicingOpLambda' : 'TFOpLambda', name, config: { name, function: func, dtype: 'float32' }, inbound_nodes: [first] });
    }
    values.push({ name, value });
  }
  const outputs = values.slice(-2).filter(v => v.name !== 'x');
  if (outputs.length === 0) return model(k);
  return { xs, outputs, isNew, classes: layers.map(l => l.config.function ?? l.class_name), config: { class_name: 'Functional', config: { name: 'm', layers, input_layers: [['x', 0, 0]], output_layers: outputs.map(o => [o.name, 0, 0]) } } };
}
for (let k = 0; k < count; k++) {
  const m = model(k), path = `${dir}/${k}/model`; mkdirSync(path, { recursive: true });
  const file = new h5wasm.File(`${path}/model.h5`, 'w');
  file.create_attribute('model_config', JSON.stringify(m.config)); file.create_attribute('keras_version', m.isNew ? '3.4.1' : '2.9.0'); file.create_attribute('backend', 'tensorflow'); file.create_group('model_weights'); file.close();
  writeFileSync(`${dir}/${k}/io.json`, JSON.stringify({ inputs: [{ name: 'x', shape: m.xs.shape, data: Array.from(m.xs.dataSync()) }], outputs: m.outputs.map(o => ({ shape: o.value.shape, data: Array.from(o.value.dataSync()) })), classes: m.classes }));
}
