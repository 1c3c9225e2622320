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
