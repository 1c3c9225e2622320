// Makes random models of tfjs-layers as Keras H5 files (written by the HDF5 library itself), with inputs and the answers of tfjs-layers.
// Run: npm install @tensorflow/tfjs@4.22.0 h5wasm@0.10.3 && node random.mjs <seed> <count> <directory>
// The directory then holds <k>/model/model.h5 and <k>/io.json. Convert each, and run compare.mjs.
import * as tf from '@tensorflow/tfjs';
import h5wasm from 'h5wasm/node';
import { mkdirSync, writeFileSync } from 'node:fs';
await h5wasm.ready; await tf.setBackend('cpu');
const L = tf.layers;
let seed = Number(process.argv[2] ?? 1); const count = Number(process.argv[3] ?? 50); const dir = process.argv[4];
const rnd = () => { seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0; return (seed >>> 8) / 16777216; };
const int = (a, b) => a + Math.floor(rnd() * (b - a + 1));
const pick = a => a[int(0, a.length - 1)];
const flip = (p = 0.5) => rnd() < p;
const acts = ['linear', 'relu', 'relu6', 'sigmoid', 'tanh', 'softmax', 'elu', 'selu', 'softplus', 'softsign', 'hardSigmoid', 'swish', 'mish'];
const act = () => flip() ? undefined : pick(acts);
const cell = () => pick([() => L.lstmCell({ units: int(1, 4), recurrentActivation: pick(['sigmoid', 'hardSigmoid']), useBias: flip(0.8) }), () => L.gruCell({ units: int(1, 4) }), () => L.simpleRNNCell({ units: int(1, 4) })])();
const steps = {
  4: x => pick([
    () => L.convLstm2d({ filters: int(1, 3), kernelSize: [int(1, 3), int(1, 3)], padding: pick(['same', 'valid']), strides: flip(0.7) ? 1 : 2, returnSequences: flip(0.6), goBackwards: flip(0.3), recurrentActivation: pick(['sigmoid', 'hardSigmoid']), useBias: flip(0.8) }),
    () => L.conv3d({ filters: int(1, 3), kernelSize: int(1, 2), padding: pick(['same', 'valid']), activation: act() }), () => L.conv3dTranspose({ filters: int(1, 2), kernelSize: int(1, 2), strides: int(1, 2), padding: pick(['same', 'valid']) }),
    () => L.maxPooling3d({ poolSize: 2, strides: int(1, 2), padding: 'same' }), () => L.averagePooling3d({ poolSize: int(1, 2), strides: 1, padding: 'same' }), () => L.timeDistributed({ layer: L.conv2d({ filters: int(1, 3), kernelSize: 2, padding: pick(['same', 'valid']), activation: act() }) }),
    () => L.timeDistributed({ layer: L.maxPooling2d({ poolSize: 2, padding: 'same' }) }), () => L.timeDistributed({ layer: L.flatten() }), () => L.dense({ units: int(1, 3) }), () => L.batchNormalization({}), () => L.activation({ activation: pick(acts) }),
  ])(),
  3: x => pick([
    () => L.conv2d({ filters: int(1, 5), kernelSize: [int(1, 3), int(1, 3)], strides: flip() ? 1 : int(1, 2), padding: 'same', activation: act(), useBias: flip(0.8) }),
    () => x.shape[1] >= 4 && x.shape[2] >= 4 ? L.conv2d({ filters: int(1, 5), kernelSize: 2, dilationRate: int(1, 2), padding: pick(['same', 'valid']), useBias: flip() }) : null,
    () => L.depthwiseConv2d({ kernelSize: int(1, 3), depthMultiplier: 1, strides: int(1, 2), padding: 'same', useBias: flip() }),
    () => L.separableConv2d({ filters: int(1, 4), kernelSize: int(1, 3), padding: 'same', activation: act() }),
    () => L.conv2dTranspose({ filters: int(1, 3), kernelSize: int(1, 4), strides: int(1, 3), padding: pick(['same', 'valid']), useBias: flip() }),
    () => L.maxPooling2d({ poolSize: int(2, 3), strides: int(1, 2), padding: 'same' }),
    () => L.averagePooling2d({ poolSize: [int(1, 3), int(1, 3)], strides: int(1, 2), padding: 'same' }),
    () => L.batchNormalization({ center: flip(0.8), scale: flip(0.8), epsilon: pick([1e-3, 1e-5]) }),
    () => L.layerNormalization({ axis: pick([-1, [1, 2, 3], [2, 3]]), epsilon: 1e-3 }),
    () => L.zeroPadding2d({ padding: [[int(0, 2), int(0, 2)], [int(0, 2), int(0, 1)]] }),
    () => x.shape[1] > 3 && x.shape[2] > 3 ? L.cropping2D({ cropping: [[int(0, 1), int(0, 1)], [int(0, 1), int(0, 1)]] }) : null,
    () => x.shape[1] < 10 ? L.upSampling2d({ size: [int(1, 2), int(1, 3)], interpolation: 'nearest' }) : null,
    () => L.activation({ activation: pick(acts) }), () => L.reLU({ maxValue: flip() ? int(1, 6) : undefined }), () => L.leakyReLU({ alpha: rnd() }), () => L.prelu({ sharedAxes: pick([[1, 2], [1], [2]]) }),
    () => L.elu({ alpha: pick([1, 0.5]) }), () => L.thresholdedReLU({ theta: 0.2 }), () => L.softmax({ axis: -1 }), () => L.dropout({ rate: 0.5 }), () => L.gaussianNoise({ stddev: 1 }), () => L.spatialDropout1d ? L.dropout({ rate: 0.1 }) : null,
    () => L.permute({ dims: pick([[2, 1, 3], [3, 1, 2], [1, 3, 2]]) }), () => L.dense({ units: int(1, 5), activation: act() }),
    () => L.reshape({ targetShape: [x.shape[1] * x.shape[2], x.shape[3]] }), () => L.globalAveragePooling2d({}), () => L.globalMaxPooling2d({}), () => L.flatten(),
    () => L.timeDistributed({ layer: L.dense({ units: int(1, 4) }) }), () => L.timeDistributed({ layer: L.conv1d({ filters: int(1, 3), kernelSize: 1 }) }),
  ])(),
  2: x => pick([
    () => L.conv1d({ filters: int(1, 5), kernelSize: int(1, 3), strides: int(1, 2), padding: 'same', activation: act() }),
    () => x.shape[1] > 5 ? L.conv1d({ filters: 2, kernelSize: 3, dilationRate: 2, padding: 'valid' }) : null,
    () => L.lstm({ units: int(1, 5), returnSequences: flip(0.7), goBackwards: flip(0.3), recurrentActivation: pick(['sigmoid', 'hardSigmoid']), activation: pick(['tanh', 'relu', 'softsign']), useBias: flip(0.8) }),
    () => L.gru({ units: int(1, 5), returnSequences: flip(0.7), goBackwards: flip(0.3), recurrentActivation: pick(['sigmoid', 'hardSigmoid']), useBias: flip(0.8) }),
    () => L.rnn({ cell: flip() ? cell() : L.stackedRNNCells({ cells: Array.from({ length: int(1, 3) }, cell) }), returnSequences: flip(0.7), goBackwards: flip(0.3) }),
    () => L.simpleRNN({ units: int(1, 5), returnSequences: flip(0.7), activation: pick(['tanh', 'linear', 'elu']) }),
    () => L.bidirectional({ layer: pick([L.lstm, L.gru, L.simpleRNN])({ units: int(1, 4), returnSequences: flip(0.7) }), mergeMode: pick(['concat', 'sum', 'mul', 'ave']) }),
    () => L.maxPooling1d({ poolSize: 2, strides: int(1, 2), padding: 'same' }), () => L.averagePooling1d({ poolSize: 2, strides: 1, padding: 'same' }),
    () => L.globalAveragePooling1d({}), () => L.globalMaxPooling1d({}), () => L.batchNormalization({ scale: flip() }), () => L.layerNormalization({ axis: -1 }),
    () => L.dense({ units: int(1, 6), activation: act() }), () => L.timeDistributed({ layer: L.dense({ units: int(1, 4), activation: act() }) }), () => L.permute({ dims: [2, 1] }), () => L.flatten(),
    () => L.prelu({}), () => L.softmax({ axis: -1 }), () => L.reshape({ targetShape: [x.shape[2], -1] }), () => L.activation({ activation: pick(acts) }),
  ])(),
  1: x => pick([
    () => L.dense({ units: int(1, 8), activation: act(), useBias: flip(0.8) }), () => L.batchNormalization({ center: flip() }), () => L.repeatVector({ n: int(1, 5) }), () => L.activation({ activation: pick(acts) }),
    () => x.shape[1] % 2 === 0 ? L.reshape({ targetShape: [x.shape[1] / 2, 2] }) : null, () => L.leakyReLU({}), () => L.softmax({}), () => L.dropout({ rate: 0.2 }), () => L.layerNormalization({}), () => L.reLU({ maxValue: 2 }),
  ])(),
};
function grow(x, n) { for (let i = 0; i < n;) { const rank = x.shape.length - 1; if (!steps[rank]) break; let l = null; try { l = steps[rank](x); } catch (e) { } i++; if (!l) continue; try { const y = l.apply(x); if (y.shape.slice(1).every(d => d > 0 && d < 60)) { x = y; lastLayers.push(l); } } catch (e) { } } return x; }
let lastLayers = [];
function model(k) {
  const shape = pick([[int(2, 4), int(4, 6), int(4, 6), int(1, 2)], [int(5, 8), int(5, 8), int(1, 3)], [int(4, 8), int(1, 4)], [int(2, 9)]]);
  const inputs = [tf.input({ shape, name: `in_${k}` })]; let x = inputs[0]; lastLayers = [];
  const outs = [];
  for (let round = 0; round < int(1, 3); round++) {
    x = grow(x, int(2, 5));
    const kind = int(0, 6);
    if (kind === 0) { const l = pick(['add', 'multiply', 'average', 'maximum', 'minimum']); const a = L.dense({ units: 3 }).apply(x), b = L.dense({ units: 3, activation: 'tanh' }).apply(x); x = L[l]({}).apply([a, b]); }
    if (kind === 1) { const d = L.dense({ units: 4, activation: act() }); const a = d.apply(x), b = d.apply(x); x = L.concatenate({ axis: -1 }).apply([a, b, x]); }
    if (kind === 2) { const i = tf.input({ shape: x.shape.slice(1) }); const inner = tf.model({ inputs: i, outputs: grow(i, int(1, 4)), name: `inner_${k}_${round}` }); if (inner.layers.length > 1) x = inner.apply(x); }
    if (kind === 3) { const s = tf.sequential({ name: `seq_${k}_${round}` }); s.add(L.dense({ units: 3, inputShape: x.shape.slice(1) })); s.add(L.batchNormalization()); if (flip()) s.layers[0].trainable = false; s.add(L.dense({ units: 2 })); x = s.apply(x); if (flip(0.3)) outs.push(L.activation({ activation: 'tanh' }).apply(x)); }
    if (kind === 4) outs.push(L.dense({ units: 2 }).apply(x));
    if (kind === 5 && x.shape.length < 4) { const other = tf.input({ shape: x.shape.slice(1) }); inputs.push(other); x = L.add({}).apply([x, other]); }
  }
  outs.push(L.dense({ units: 2, activation: 'linear' }).apply(x));
  return tf.model({ inputs, outputs: outs });
}
function fill(layer) { layer.setWeights(layer.getWeights().map((w, i) => { const n = layer.weights[i].originalName; const [lo, hi] = /variance/.test(n) ? [0.5, 1.5] : /gamma/.test(n) ? [0.5, 1] : /bias|beta|mean/.test(n) ? [-0.3, 0.3] : /alpha/.test(n) ? [0.1, 0.5] : [-0.6, 0.6]; return tf.tensor(Array.from({ length: w.size }, () => lo + rnd() * (hi - lo)), w.shape); })); }
for (let k = 0; k < count; k++) { try {
  const m = model(k);
  const config = m.toJSON(null, false);
  // what toJSON of tfjs forgets or writes otherwise
  m.layers.filter(l => l.getClassName() !== 'InputLayer').forEach(fill);
  const xs = m.inputs.map(i => { const s = [2, ...i.shape.slice(1)]; return tf.tensor(Array.from({ length: s.reduce((a, b) => a * b) }, () => rnd() * 2 - 1), s); });
  const ys = [m.predict(xs.length === 1 ? xs[0] : xs)].flat();
  const path = `${dir}/${k}/model`; mkdirSync(path, { recursive: true });
  const f = new h5wasm.File(`${path}/model.h5`, 'w');
  f.create_attribute('model_config', JSON.stringify({ class_name: config.class_name, config: config.config })); f.create_attribute('keras_version', '2.2.4'); f.create_attribute('backend', 'tensorflow');
  const g = f.create_group('model_weights');
  for (const layer of m.layers) { const lg = g.create_group(layer.name); const ws = layer.getClassName() === 'InputLayer' ? [] : layer.trainableWeights.concat(layer.nonTrainableWeights); const seen = new Set();
    const names = ws.map((w, i) => `w${i}_${w.originalName.split('/').at(-1)}:0`); if (names.length) lg.create_attribute('weight_names', names, [names.length]);
    ws.forEach((w, i) => { const v = w.read(); lg.create_dataset({ name: names[i], data: v.dataSync(), shape: v.shape, dtype: '<f' }); }); }
  f.close();
  writeFileSync(`${dir}/${k}/io.json`, JSON.stringify({ inputs: m.inputNames.map((n, i) => ({ name: n, shape: xs[i].shape, data: Array.from(xs[i].dataSync()) })), outputs: ys.map(y => ({ shape: y.shape, data: Array.from(y.dataSync()) })), classes: m.layers.map(l => l.getClassName()) }));
} catch (e) { console.log(k, 'again:', e.message.slice(0, 100)); k--; } }
