// Goldens of masks, of channels in front, and of attention.
import { L, chain, embedded, golden, graph, indices, kerasTensor, lookup, normalised, one, statistics, tf } from './goldens.mjs';

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

// A mean of the steps that count, and attention with masks.
chain('mask_of_mean', [embedded(4, 3), { class_name: 'Dropout', config: { rate: 0.5 } }, { class_name: 'GlobalAveragePooling1D', config: {} }], [8],
  (x, t) => { const m = tf.expandDims(tf.cast(tf.notEqual(x, 0), 'float32'), 2); return tf.div(tf.sum(tf.mul(lookup(t, x), m), 1), tf.sum(m, 1)); }, { range: [0, 4], floor: true, dtype: 'int32' });
chain('mask_of_bidirectional', [embedded(4, 3), { class_name: 'Bidirectional', config: { merge_mode: 'concat', layer: { class_name: 'SimpleRNN', config: { name: 'r', units: 2, activation: 'tanh', return_sequences: true } } },
  weights: ['f', 'b'].flatMap(d => [[d + '_kernel', [3, 2]], [d + '_recurrent', [2, 2]], [d + '_bias', [2]]]) }], [6],
  (x, t, ...w) => { const steps = tf.unstack(lookup(t, x), 1), masks = tf.unstack(tf.notEqual(x, 0), 1).map(m => tf.expandDims(m, 1));
    const run = ([k, r, b], order) => { let h = tf.zeros([2, 2]); const out = []; for (const i of order) { const n = tf.tanh(tf.add(tf.add(tf.matMul(steps[i], k), b), tf.matMul(h, r)));
      h = tf.where(masks[i].tile([1, 2]), n, h); out[i] = tf.where(masks[i].tile([1, 2]), n, tf.zeros([2, 2])); } return tf.stack(out, 1); };
    return tf.concat([run(w.slice(0, 3), [0, 1, 2, 3, 4, 5]), run(w.slice(3), [5, 4, 3, 2, 1, 0])], 2); }, { range: [0, 4], floor: true, dtype: 'int32' });
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

// Keras 3 writes masks as arguments, and what makes them as layers.
const kt = (layer, shape, dtype = 'float32') => ({ class_name: '__keras_tensor__', config: { shape, dtype, keras_history: [layer, 0, 0] } });
const call = (args, kwargs = {}) => ({ args, kwargs });
const notZero = { class_name: 'NotEqual', name: 'not_equal', module: 'keras.src.ops.numpy', config: { name: 'not_equal' }, call: call([kt('words', [null, 5], 'int32'), 0]) };
graph('mask_as_argument', [{ ...embedded(4, 3), name: 'e', call: call([kt('words', [null, 5], 'int32')]) }, notZero,
  { class_name: 'SimpleRNN', name: 'r', config: { units: 2, activation: 'tanh', use_bias: false, return_sequences: true }, weights: [['kernel', [3, 2]], ['recurrent', [2, 2]]], call: call([kt('e', [null, 5, 3])], { training: false, mask: kt('not_equal', [null, 5], 'bool') }) },
  { class_name: 'GlobalAveragePooling1D', name: 'm', config: {}, call: call([kt('r', [null, 5, 2])], { mask: kt('not_equal', [null, 5], 'bool') }) }], [word('words', 5)], ['r', 'm'], ([w], [t, k, r]) => {
    const masks = tf.unstack(tf.notEqual(w, 0), 1).map(m => tf.expandDims(m, 1).tile([1, 2])), out = []; let [h, last] = [tf.zeros([2, 2]), tf.zeros([2, 2])];
    tf.unstack(lookup(t, w), 1).forEach((step, i) => { const n = tf.tanh(tf.add(tf.matMul(step, k), tf.matMul(h, r))); h = tf.where(masks[i], n, h); last = tf.where(masks[i], n, last); out.push(last); });
    const s = tf.stack(out, 1), m = tf.stack(masks, 1).toFloat(); return [s, tf.div(tf.sum(tf.mul(s, m), 1), tf.sum(m, 1))]; });
graph('attention_masks_as_arguments', [{ ...embedded(4, 6), name: 'e', call: call([kt('words', [null, 5], 'int32')]) }, notZero,
  { class_name: 'MultiHeadAttention', name: 'm', config: { num_heads: 2, key_dim: 3 }, weights: heads(6, 2, 3), call: call([kt('x', [null, 3, 6]), kt('e', [null, 5, 6])], { query_mask: null, value_mask: kt('not_equal', [null, 5], 'bool') }) },
  { class_name: 'Attention', name: 'a', config: {}, call: call([[kt('m', [null, 3, 6]), kt('e', [null, 5, 6])]], { mask: [null, kt('not_equal', [null, 5], 'bool')] }) }],
  [{ name: 'x', shape: [3, 6] }, word('words', 5)], ['m', 'a'], ([x, words], [t, ...w]) => { const mask = tf.cast(tf.notEqual(words, 0), 'float32'), v = lookup(t, words), m = attend(x, v, w, tf.reshape(mask, [2, 1, 1, 5]));
    return [m, tf.matMul(tf.softmax(tf.add(tf.matMul(m, v, false, true), tf.mul(tf.sub(1, tf.expandDims(mask, 1)), -1e9))), v)]; });
graph('attention_scores', [{ class_name: 'MultiHeadAttention', name: 'm', config: { num_heads: 2, key_dim: 3 }, weights: heads(6, 2, 3), call: [['x', 0, 0, { value: ['z', 0, 0], return_attention_scores: true }]] },
  { class_name: 'Attention', name: 'a', config: {}, call: call([[kt('x', [null, 3, 6]), kt('z', [null, 5, 6])]], { return_attention_scores: true }) }], [{ name: 'x', shape: [3, 6] }, { name: 'z', shape: [5, 6] }], ['m', ['m', 1], 'a', ['a', 1]], ([x, z], w) => {
  const project = (v, i) => tf.add(tf.einsum('abc,cde->abde', v, w[i]), w[i + 1]), scores = tf.softmax(tf.mul(tf.einsum('bqhd,bkhd->bhqk', project(x, 0), project(z, 2)), 1 / Math.sqrt(3))), single = tf.softmax(tf.matMul(x, z, false, true));
  return [attend(x, z, w, tf.onesLike(scores)), scores, tf.matMul(single, z), single]; });
graph('dot_of_ranks', [{ class_name: 'Dot', name: 'd', config: { axes: [2, 1], normalize: false }, call: [['x', 0, 0, {}], ['y', 0, 0, {}]] }, { class_name: 'Dot', name: 'e', config: { axes: [3, 2], normalize: true }, call: [['z', 0, 0, {}], ['x', 0, 0, {}]] }],
  [{ name: 'x', shape: [3, 4] }, { name: 'y', shape: [4] }, { name: 'z', shape: [2, 3, 4] }], ['d', 'e'], ([x, y, z]) => { const unit = v => tf.div(v, tf.norm(v, 2, -1, true));
  return [tf.squeeze(tf.matMul(x, tf.expandDims(y, 2)), [2]), tf.einsum('abcd,aed->abce', unit(z), unit(x))]; });
