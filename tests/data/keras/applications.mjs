// Goldens of networks of keras.applications that tfjs-layers cannot build.
import { Network, layerNormalised } from './network.mjs';
import { tf } from './goldens.mjs';

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
