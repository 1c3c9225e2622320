// Goldens of whole networks, with a quarter of their channels at most.
import { L, Numbers, golden, indices, range, save, tf } from './goldens.mjs';

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
