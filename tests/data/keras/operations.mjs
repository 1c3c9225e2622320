// Goldens of functions that stand in a model as layers: as Keras 2.2, 2.4 and 3 write them.
import { chain, graph, kerasTensor, tf } from './goldens.mjs';

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

// A function of TensorFlow by its name, called as tf.keras writes it: arguments by name stand behind the first tensor.
const ref = (from, index = 0) => [from, 0, index];
const lambda = (name, func, from, args = {}, class_name = 'TFOpLambda') => ({ class_name, name, config: { name, trainable: true, dtype: 'float32', function: func },
  call: Array.isArray(from) ? from.map(f => [f, 0, 0, args]) : [from, 0, 0, args] });
const item = (name, from, slice_spec) => lambda(name, '__operators__.getitem', from, { slice_spec }, 'SlicingOpLambda');
const range3 = (start, stop, step = null) => ({ start, stop, step });
const all = range3(null, null);
const image = { name: 'x', shape: [4, 6, 3] };

graph('functions_that_slice', [item('first', 'x', [all, 0]), item('part', 'x', [all, range3(1, -1), range3(null, null, 2)]), item('last', 'x', [{ class_name: '__ellipsis__' }, range3(-2, null)]),
  item('back', 'x', [all, all, range3(null, null, -1), -1]), item('more', 'x', [all, null, range3(0, 3, 2), { class_name: '__ellipsis__' }, null, 1]),
  lambda('slice', 'slice', 'x', { begin: [0, 1, 2, 0], size: [-1, 2, 3, -1] }), lambda('strided', 'strided_slice', 'x', { begin: [0, 0], end: [0, 3], strides: [1, 2], begin_mask: 1, end_mask: 1 })],
  [image], ['first', 'part', 'last', 'back', 'more', 'slice', 'strided'], ([x]) => [
    tf.squeeze(x.slice([0, 0], [2, 1]), [1]), x.slice([0, 1], [2, 2]).gather([0, 2, 4], 2), x.slice([0, 0, 0, 1]), tf.reverse(x.slice([0, 0, 0, 2]), 2).squeeze([3]),
    x.gather([0, 2], 1).gather([1], 3).reshape([2, 1, 2, 6, 1]), x.slice([0, 1, 2, 0], [2, 2, 3, 3]), x.gather([0, 2], 1)], '2.6.0');
graph('functions_that_arrange', [lambda('reshaped', 'reshape', 'x', { shape: [-1, 24, 3] }), lambda('wide', 'expand_dims', 'reshaped', { axis: 1 }), lambda('narrow', 'compat.v1.squeeze', 'wide', { axis: [1], name: null }),
  lambda('turned', 'compat.v1.transpose', 'x', { perm: [0, 3, 1, 2] }), lambda('joined', 'concat', ['x', 'x'], { axis: -1 }), lambda('piled', 'stack', ['x', 'narrow2'], { axis: 2 }),
  lambda('narrow2', 'reverse', 'x', { axis: [1, -1] }), lambda('tiled', 'tile', 'x', { multiples: [1, 2, 1, 1] }), lambda('padded', 'pad', 'x', { paddings: [[0, 0], [1, 0], [0, 2], [0, 0]] }),
  lambda('mirrored', 'compat.v1.pad', 'x', { paddings: [[0, 0], [1, 2], [2, 1], [0, 0]], mode: 'REFLECT' }), lambda('filled', 'pad', 'x', { paddings: [[0, 0], [0, 1], [0, 0], [0, 0]], mode: 'CONSTANT', constant_values: 0.5 }),
  lambda('repeated', 'repeat', 'x', { repeats: 3, axis: 2 }), lambda('chosen', 'compat.v1.gather', 'x', { indices: [2, 0, 0], axis: 3 })],
  [image], ['narrow', 'turned', 'joined', 'piled', 'tiled', 'padded', 'mirrored', 'filled', 'repeated', 'chosen'], ([x]) => { const r = tf.reverse(x, [1, 3]); return [
    x.reshape([2, 24, 3]), x.transpose([0, 3, 1, 2]), tf.concat([x, x], 3), tf.stack([x, r], 2), x.tile([1, 2, 1, 1]), tf.pad(x, [[0, 0], [1, 0], [0, 2], [0, 0]]),
    tf.mirrorPad(x, [[0, 0], [1, 2], [2, 1], [0, 0]], 'reflect'), tf.pad(x, [[0, 0], [0, 1], [0, 0], [0, 0]], 0.5), x.gather([0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5, 5], 2), x.gather([2, 0, 0], 3)]; }, '2.8.0');
const rows = { name: 'x', shape: [5, 6] };
graph('functions_that_reduce', [lambda('mean', 'math.reduce_mean', 'x', { axis: 1 }), lambda('sum', 'math.reduce_sum', 'x', { axis: [1, 2], keepdims: true }), lambda('max', 'math.reduce_max', 'x', { axis: -1, keepdims: true }),
  lambda('min', 'math.reduce_min', 'x', { axis: 1 }), lambda('product', 'math.reduce_prod', 'x', { axis: 2 }), lambda('variance', 'math.reduce_variance', 'x', { axis: -1 }), lambda('deviation', 'math.reduce_std', 'x', { axis: -1, keepdims: true }),
  lambda('log', 'math.reduce_logsumexp', 'x', { axis: 1 }), lambda('norm', 'norm', 'x', { ord: 'euclidean', axis: 2 }), lambda('unit', 'math.l2_normalize', 'x', { axis: -1 }), lambda('running', 'math.cumsum', 'x', { axis: 1, exclusive: true }),
  lambda('largest', 'math.argmax', 'x', { axis: -1 }), lambda('class', 'cast', 'largest', { dtype: 'float32' })],
  [rows], ['mean', 'sum', 'max', 'min', 'product', 'variance', 'deviation', 'log', 'norm', 'unit', 'running', 'class'], ([x]) => { const v = tf.moments(x, -1).variance; return [
    tf.mean(x, 1), tf.sum(x, [1, 2], true), tf.max(x, -1, true), tf.min(x, 1), tf.prod(x, 2), v, tf.expandDims(tf.sqrt(v), 2), tf.logSumExp(x, 1), tf.norm(x, 'euclidean', 2), tf.div(x, tf.norm(x, 2, 2, true)),
    tf.cumsum(x, 1, true), tf.argMax(x, -1).toFloat()]; }, '2.11.0');
graph('functions_of_elements', [lambda('exp', 'math.exp', 'x'), lambda('log', 'math.log', 'exp'), lambda('sqrt', 'math.sqrt', 'exp'), lambda('power', 'math.pow', 'exp', { y: 0.3 }), lambda('sine', 'math.sin', 'x'),
  lambda('floor', 'math.floor', 'x'), lambda('sign', 'math.sign', 'x'), lambda('clipped', 'clip_by_value', 'x', { clip_value_min: -0.5, clip_value_max: 0.25 }), lambda('leaky', 'nn.leaky_relu', 'x', { alpha: 0.1 }),
  lambda('soft', 'nn.softmax', 'x', { axis: 1 }), lambda('elu', 'nn.elu', 'x'), lambda('squared', 'math.squared_difference', 'x', { y: ref('exp') }), lambda('above', 'math.greater', 'x', { y: 0.1 }), lambda('one', 'cast', 'above', { dtype: 'float32' }),
  lambda('either', 'math.logical_or', 'above', { y: ref('below') }), lambda('below', 'math.less', 'x', { y: -0.1 }), lambda('where', 'where', 'either', { x: ref('x'), y: 0 }), lambda('all', 'math.add_n', ['x', 'exp', 'sine']),
  lambda('moved', '__operators__.add', 'x', { y: [[0.5, 0.25, 0, -1, 1, 2]] }), lambda('inverse', 'math.divide_no_nan', 'x', { y: ref('one') }), lambda('rest', 'math.floormod', 'x', { y: 0.3 })],
  [rows], ['log', 'sqrt', 'power', 'floor', 'sign', 'clipped', 'leaky', 'soft', 'elu', 'squared', 'where', 'all', 'moved', 'inverse', 'rest'], ([x]) => { const e = tf.exp(x), one = tf.greater(x, 0.1).toFloat(); return [
    x, tf.sqrt(e), tf.pow(e, 0.3), tf.floor(x), tf.sign(x), tf.clipByValue(x, -0.5, 0.25), tf.leakyRelu(x, 0.1), tf.softmax(x.transpose([0, 2, 1])).transpose([0, 2, 1]), tf.elu(x), tf.squaredDifference(x, e),
    tf.where(tf.logicalOr(tf.greater(x, 0.1), tf.less(x, -0.1)), x, tf.zerosLike(x)), tf.addN([x, e, tf.sin(x)]), tf.add(x, [[0.5, 0.25, 0, -1, 1, 2]]), tf.divNoNan(x, one), tf.mod(x, 0.3)]; }, '2.9.0');
// A shape that is computed, products, parts, and images.
graph('functions_of_shapes', [lambda('shape', 'compat.v1.shape', 'x'), item('batch', 'shape', 0), lambda('flat', 'reshape', 'x', { shape: [ref('batch'), -1] }),
  lambda('four', 'reshape', 'x', { shape: [ref('batch'), 4, 6, 3] }), lambda('product', 'linalg.matmul', 'x', { b: ref('four'), transpose_b: true }), lambda('parts', 'split', 'x', { num_or_size_splits: 3, axis: 2 }),
  lambda('sizes', 'split', 'x', { num_or_size_splits: [1, 2], axis: -1 }), lambda('rows', 'unstack', 'x', { axis: 1 }), lambda('big', 'image.resize', 'x', { size: [8, 9], method: 'bilinear' }), lambda('near', 'image.resize', 'x', { size: [8, 12], method: 'nearest' }),
  lambda('wider', 'pad', 'x', { paddings: [[0, 0], [0, 0], [0, 0], [0, 1]] }), lambda('blocks', 'nn.depth_to_space', 'wider', { block_size: 2 })],
  [image], ['flat', 'product', ['parts', 1], ['sizes', 1], ['rows', 3], 'big', 'near', 'blocks'], ([x]) => [
    x.reshape([2, 72]), tf.matMul(x, x, false, true), tf.split(x, 3, 2)[1], tf.split(x, [1, 2], 3)[1], tf.unstack(x, 1)[3], tf.image.resizeBilinear(x, [8, 9], false, true),
    tf.image.resizeNearestNeighbor(x, [8, 12]), tf.depthToSpace(tf.pad(x, [[0, 0], [0, 0], [0, 0], [0, 1]]), 2)], '2.12.0');
graph('functions_of_integers', [item('a', 'words', [all, range3(null, 3)]), lambda('b', 'math.maximum', 'a', { y: 1 }), lambda('hot', 'one_hot', 'b', { depth: 4 }), lambda('same', 'math.not_equal', 'a', { y: 2 }), lambda('counted', 'cast', 'same', { dtype: 'float32' }),
  lambda('scale', 'expand_dims', 'counted', { axis: -1 }), lambda('y', 'math.multiply', 'hot', { y: ref('scale') })],
  [{ name: 'words', shape: [5], range: [0, 4], floor: true, dtype: 'int32' }], 'y', ([w]) => { const a = w.slice([0, 0], [2, 3]).toInt(); return tf.mul(tf.oneHot(tf.maximum(a, tf.scalar(1, 'int32')), 4).toFloat(), tf.expandDims(tf.notEqual(a, tf.scalar(2, 'int32')).toFloat(), 2)); }, '2.10.0');

// The same as nodes of a graph (TF 2.0 to 2.3), and as classes of Keras 3.
const node = (name, op, from, constants, attr = {}) => ({ class_name: 'TensorFlowOpLayer', name, config: { name, node_def: JSON.stringify({ name, op, input: [], attr: { T: { type: 'DT_FLOAT' }, ...attr } }), constants }, call: [].concat(from).map(f => [f, 0, 0, {}]) });
graph('functions_as_nodes', [node('part', 'StridedSlice', 'x', { 1: [0, 1], 2: [0, 4], 3: [1, 2] }, { begin_mask: { i: '1' }, end_mask: { i: '1' }, shrink_axis_mask: { i: '0' } }), node('one', 'StridedSlice', 'x', { 1: [0, 2], 2: [0, 3], 3: [1, 1] }, { begin_mask: { i: '1' }, end_mask: { i: '1' }, shrink_axis_mask: { i: '2' } }),
  node('mean', 'Mean', 'x', { 1: [1] }, { keep_dims: { b: true } }), node('sub', 'Sub', ['x', 'mean'], {}), node('leaky', 'LeakyRelu', 'sub', {}, { alpha: { f: 0.3 } }), node('joined', 'ConcatV2', ['leaky', 'x'], { 2: 2 }), node('wide', 'ExpandDims', 'joined', { 1: 1 }),
  node('narrow', 'Squeeze', 'wide', {}, { squeeze_dims: { list: { i: ['1'] } } }), node('flat', 'Reshape', 'narrow', { 1: [-1, 60] }), node('turned', 'Transpose', 'x', { 1: [0, 2, 1] }), node('product', 'BatchMatMulV2', ['x', 'x'], {}, { adj_y: { b: true } }), node('reverse', 'RealDiv', 'x', { 0: 2 }),
  node('packed', 'Pack', ['x', 'sub'], {}, { axis: { i: '1' } })], [rows], ['part', 'one', 'flat', 'turned', 'product', 'reverse', 'packed'], ([x]) => { const s = tf.sub(x, tf.mean(x, 1, true)); return [
    x.gather([1, 3], 1), x.gather([2], 1).squeeze([1]), tf.concat([tf.leakyRelu(s, 0.3), x], 2).reshape([2, 60]), x.transpose([0, 2, 1]), tf.matMul(x, x, false, true), tf.div(2, x), tf.stack([x, s], 1)]; }, '2.3.0-tf');
const call3 = (...args) => ({ args, kwargs: {} });
const op3 = (name, class_name, module, config, ...args) => ({ class_name, name, module: `keras.src.ops.${module}`, config: { name, ...config }, call: call3(...args) });
const slice3 = (start, stop, step = null) => ({ class_name: '__slice__', config: { start, stop, step } });
{
  const x = kerasTensor('x', [null, 5, 6]), t = (name, shape) => kerasTensor(name, shape), y = [null, 5, 6];
  graph('functions_of_keras_3', [op3('item', 'GetItem', 'numpy', {}, x, { class_name: '__tuple__', items: [slice3(null, null), slice3(1, 4), 0] }), op3('wide', 'ExpandDims', 'numpy', { axis: 1 }, x), op3('narrow', 'Squeeze', 'numpy', { axis: 1 }, t('wide', [null, 1, 5, 6])),
    op3('mean', 'Mean', 'numpy', { axis: [1], keepdims: true }, x), op3('less', 'Subtract', 'numpy', {}, x, t('mean', [null, 1, 6])), op3('joined', 'Concatenate', 'numpy', { axis: -1 }, [x, t('less', y)]), op3('shaped', 'Reshape', 'numpy', { newshape: [-1, 3, 10] }, x),
    op3('turned', 'Transpose', 'numpy', { axes: [0, 2, 1] }, x), op3('product', 'Matmul', 'numpy', {}, x, t('turned', [null, 6, 5])), op3('sums', 'Einsum', 'numpy', { subscripts: 'abc,adc->abd' }, x, t('less', y)), op3('soft', 'Softmax', 'nn', { axis: -1 }, x),
    op3('clipped', 'Clip', 'numpy', { x_min: -0.2, x_max: 0.4 }, x), op3('gelu', 'Gelu', 'nn', { approximate: true }, x), op3('unit', 'Normalize', 'nn', { axis: -1, order: 2, epsilon: 1e-12 }, x), op3('above', 'Greater', 'numpy', {}, x, 0.1), op3('where', 'Where', 'numpy', {}, kerasTensor('above', y), x, t('less', y)),
    op3('one', 'Cast', 'core', { dtype: 'float32' }, { ...kerasTensor('above', y), config: { ...kerasTensor('above', y).config, dtype: 'bool' } }), op3('twice', 'Repeat', 'numpy', { repeats: 2, axis: 1 }, x), op3('silu', 'Silu', 'nn', {}, x), op3('parts', 'Split', 'numpy', { indices_or_sections: [2, 3], axis: 1 }, x), op3('rest', 'Multiply', 'numpy', {}, 3, x)],
    [rows], ['item', 'narrow', 'joined', 'shaped', 'product', 'sums', 'soft', 'clipped', 'gelu', 'unit', 'where', 'one', 'twice', 'silu', ['parts', 2], 'rest'], ([v]) => { const less = tf.sub(v, tf.mean(v, 1, true)); return [
      v.slice([0, 1, 0], [2, 3, 1]).squeeze([2]), v, tf.concat([v, less], 2), v.reshape([2, 3, 10]), tf.matMul(v, v, false, true), tf.matMul(v, less, false, true), tf.softmax(v), tf.clipByValue(v, -0.2, 0.4),
      tf.mul(tf.mul(v, 0.5), tf.add(1, tf.tanh(tf.mul(Math.sqrt(2 / Math.PI), tf.add(v, tf.mul(0.044715, tf.pow(v, 3))))))), tf.div(v, tf.norm(v, 2, 2, true)), tf.where(tf.greater(v, 0.1), v, less), tf.greater(v, 0.1).toFloat(),
      v.gather([0, 0, 1, 1, 2, 2, 3, 3, 4, 4], 1), tf.mul(v, tf.sigmoid(v)), v.slice([0, 3], [2, 2]), tf.mul(v, 3)]; });
}

graph('functions_of_positions', [lambda('shape', 'shape', 'x'), item('steps', 'shape', 1), { class_name: 'TFOpLambda', name: 'positions', config: { name: 'positions', function: 'range' }, call: ['_CONSTANT_VALUE', -1, 0, { limit: ref('steps'), delta: 1 }] },
  { class_name: 'Embedding', name: 'e', config: { input_dim: 6, output_dim: 3 }, weights: [['embeddings', [6, 3]]], call: [['positions', 0, 0, {}]] }, lambda('sum', '__operators__.add', 'x', { y: ref('e') }), lambda('rows', 'broadcast_to', 'one', { shape: [2, 4, 3] }), item('one', 'sum', [all, range3(0, 1)])],
  [{ name: 'x', shape: [5, 3] }], ['sum', 'rows'], ([x], [t]) => { const s = tf.add(x, t.slice([0], [5])); return [s, s.slice([0, 0], [2, 1]).tile([1, 4, 1])]; }, '2.8.0');
graph('functions_of_windows', [lambda('max', 'nn.max_pool2d', 'x', { ksize: 2, strides: 2, padding: 'SAME' }), lambda('mean', 'nn.avg_pool', 'x', { ksize: [1, 3, 2, 1], strides: [1, 1, 2, 1], padding: 'VALID' }), lambda('even', 'compat.v1.image.resize', 'x', { size: [8, 8], method: 0 }),
  lambda('blocks', 'nn.space_to_depth', 'x', { block_size: 2 })], [image], ['max', 'mean', 'even', 'blocks'], ([x]) => [tf.maxPool(x, 2, 2, 'same'), tf.avgPool(x, [3, 2], [1, 2], 'valid'), tf.image.resizeBilinear(x, [8, 8], false, false),
    x.reshape([2, 2, 2, 3, 2, 3]).transpose([0, 1, 3, 2, 4, 5]).reshape([2, 2, 3, 12])], '2.8.0');
{
  const x = kerasTensor('x', [null, 5, 6]);
  graph('functions_that_move', [op3('swapped', 'Swapaxes', 'numpy', { axis1: 1, axis2: -1 }, x), op3('moved', 'Moveaxis', 'numpy', { source: -1, destination: 1 }, x), op3('bordered', 'Pad', 'numpy', { pad_width: [[0, 0], [1, 0], [0, 1]], mode: 'constant' }, x, 0.25)],
    [rows], ['swapped', 'moved', 'bordered'], ([v]) => [v.transpose([0, 2, 1]), v.transpose([0, 2, 1]), tf.pad(v, [[0, 0], [1, 0], [0, 1]], 0.25)]);
}
graph('functions_that_fill', [node('parts', 'Split', 'x', { 0: 2 }, { num_split: { i: '3' } }), node('sizes', 'SplitV', 'x', { 1: [2, 3], 2: 1 }, { num_split: { i: '2' } }), lambda('shape', 'shape', 'x'), item('batch', 'shape', 0),
  lambda('two', 'fill', ['batch'], { value: 2 }), lambda('column', 'reshape', 'two', { shape: [-1, 1, 1] }), lambda('y', 'math.multiply', 'x', { y: ref('column') }), lambda('same', '__operators__.eq', 'x', { other: ref('x') }), lambda('other', '__operators__.ne', 'x', { other: 0.5 }), lambda('both', 'math.logical_and', 'same', { y: ref('other') }), lambda('one', 'cast', 'both', { dtype: 'float32' })],
  [rows], [['parts', 1], ['sizes', 1], 'y', 'one'], ([x]) => [tf.split(x, 3, 2)[1], tf.split(x, [2, 3], 1)[1], tf.mul(x, 2), tf.onesLike(x)], '2.4.0');
