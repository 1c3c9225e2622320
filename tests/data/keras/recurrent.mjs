// Goldens of recurrent layers beyond LSTM and GRU: of images (ConvLSTM), and of several cells.
import { L, chain, golden, one, tf } from './goldens.mjs';

golden('conv_lstm_2d', one([3, 5, 6, 2], L.convLstm2d({ filters: 3, kernelSize: [3, 2], padding: 'same', name: 'c' })));
golden('conv_lstm_2d_sequences', one([3, 6, 6, 2], L.convLstm2d({ filters: 3, kernelSize: 3, strides: 2, returnSequences: true, goBackwards: true, recurrentActivation: 'sigmoid', name: 'c' })));
golden('conv_lstm_2d_open', one([null, 5, 6, 2], L.convLstm2d({ filters: 2, kernelSize: 2, returnSequences: true, name: 'c' }), L.convLstm2d({ filters: 3, kernelSize: 3, padding: 'same', useBias: false, name: 'd' })));

// ConvLSTM by its definition: an LSTM whose products are convolutions, that of the state with all strides one.
const hardSigmoid = x => tf.clipByValue(tf.add(tf.mul(x, 0.2), 0.5), 0, 1);
function convLstm(x, onInput, onState, zeros, { gate = hardSigmoid, order = (steps) => steps } = {}) {
  let [h, c] = [zeros, zeros];
  return order(tf.unstack(x, 1)).map(step => {
    const [i, f, g, o] = tf.split(tf.add(onInput(step), onState(h)), 4, -1);
    c = tf.add(tf.mul(gate(f), c), tf.mul(gate(i), tf.tanh(g)));
    h = tf.mul(gate(o), tf.tanh(c));
    return h;
  });
}
const wide = (kernel, bias) => x => tf.squeeze(tf.add(tf.conv2d(tf.expandDims(x, 1), tf.expandDims(kernel, 0), [1, 1], 'same'), bias), [1]);
const convWeights = (size, channels, filters) => [['kernel', [...size, channels, 4 * filters]], ['recurrent_kernel', [...size, filters, 4 * filters]], ['bias', [4 * filters]]];
const settings = { activation: 'tanh', recurrent_activation: 'hard_sigmoid' };
chain('conv_lstm_1d', [{ class_name: 'ConvLSTM1D', config: { ...settings, filters: 2, kernel_size: [3], padding: 'same', return_sequences: true }, weights: convWeights([3], 3, 2) }], [4, 6, 3],
  (x, k, r, b) => tf.stack(convLstm(x, wide(k, b), wide(r, 0), tf.zeros([2, 6, 2])), 1), { version: '2.8.0' });
chain('conv_lstm_2d_dilated', [{ class_name: 'ConvLSTM2D', config: { ...settings, recurrent_activation: 'sigmoid', filters: 2, kernel_size: [2, 2], dilation_rate: [2, 2] }, weights: convWeights([2, 2], 2, 2) }], [3, 5, 6, 2],
  (x, k, r, b) => convLstm(x, s => tf.add(tf.conv2d(s, k, 1, 'valid', 'NHWC', 2), b), h => tf.conv2d(h, r, 1, 'same'), tf.zeros([2, 3, 4, 2]), { gate: tf.sigmoid }).at(-1), { version: '3.4.1' });
chain('conv_lstm_2d_channels_first', [{ class_name: 'ConvLSTM2D', config: { ...settings, filters: 3, kernel_size: [3, 3], padding: 'same', data_format: 'channels_first', return_sequences: true }, weights: convWeights([3, 3], 2, 3) },
  { class_name: 'ConvLSTM2D', config: { ...settings, filters: 2, kernel_size: [2, 2], data_format: 'channels_first' }, weights: convWeights([2, 2], 3, 2) }], [3, 2, 4, 5],
  (x, k, r, b, k2, r2, b2) => { const first = convLstm(x.transpose([0, 1, 3, 4, 2]), s => tf.add(tf.conv2d(s, k, 1, 'same'), b), h => tf.conv2d(h, r, 1, 'same'), tf.zeros([2, 4, 5, 3]));
    return convLstm(tf.stack(first, 1), s => tf.add(tf.conv2d(s, k2, 1, 'valid'), b2), h => tf.conv2d(h, r2, 1, 'same'), tf.zeros([2, 3, 4, 2])).at(-1).transpose([0, 3, 1, 2]); }, { version: '2.4.0' });
chain('conv_lstm_3d', [{ class_name: 'ConvLSTM3D', config: { ...settings, filters: 2, kernel_size: [2, 2, 2], padding: 'same' }, weights: convWeights([2, 2, 2], 1, 2) }], [2, 3, 3, 3, 1],
  (x, k, r, b) => convLstm(x, s => tf.add(tf.conv3d(s, k, 1, 'same'), b), h => tf.conv3d(h, r, 1, 'same'), tf.zeros([2, 3, 3, 3, 2])).at(-1), { version: '2.8.0' });
chain('conv_lstm_bidirectional', [{ class_name: 'Bidirectional', config: { merge_mode: 'concat', layer: { class_name: 'ConvLSTM2D', config: { ...settings, name: 'c', filters: 2, kernel_size: [2, 2], padding: 'same', return_sequences: true } } },
  weights: ['f', 'b'].flatMap(d => convWeights([2, 2], 2, 2).map(([n, s]) => [`${d}_${n}`, s])) }], [3, 4, 4, 2],
  (x, ...w) => { const run = ([k, r, b], order) => order(convLstm(x, s => tf.add(tf.conv2d(s, k, 1, 'same'), b), h => tf.conv2d(h, r, 1, 'same'), tf.zeros([2, 4, 4, 2]), { order }));
    return tf.concat([tf.stack(run(w.slice(0, 3), s => s), 1), tf.stack(run(w.slice(3), s => [...s].reverse()), 1)], 4); }, { version: '2.4.0' });
chain('conv_lstm_of_open_images', [{ class_name: 'ConvLSTM2D', config: { ...settings, filters: 2, kernel_size: [2, 2], return_sequences: true }, weights: convWeights([2, 2], 2, 2) }], [null, null, null, 2],
  (x, k, r, b) => tf.stack(convLstm(x, s => tf.add(tf.conv2d(s, k, 1, 'valid'), b), h => tf.conv2d(h, r, 1, 'same'), tf.zeros([2, 4, 4, 2])), 1), { version: '2.4.0' });

// Cells one behind the other, alone and in both directions.
golden('stacked_cells', one([5, 3], L.rnn({ cell: L.stackedRNNCells({ cells: [L.lstmCell({ units: 4, recurrentActivation: 'sigmoid' }), L.gruCell({ units: 3 }), L.simpleRNNCell({ units: 2, useBias: false })] }), returnSequences: true, name: 'r' })));
golden('stacked_cells_open', one([null, 3], L.rnn({ cell: L.stackedRNNCells({ cells: [L.gruCell({ units: 4 }), L.lstmCell({ units: 3 })] }), goBackwards: true, name: 'r' })));
