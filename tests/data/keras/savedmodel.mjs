// Runs a saved_model.pb (the form with constants) in the graph executor of TensorFlow.js, which knows nothing of Keras.
import * as tf from '@tensorflow/tfjs';
import protobuf from 'protobufjs';
import { readFileSync } from 'node:fs';

const field = (id, type, rule) => ({ id, type, ...(rule ? { rule } : {}) });
const message = fields => ({ fields });
const map = (id, keyType, type) => ({ id, keyType, type });
const root = protobuf.Root.fromJSON({ nested: {
  SavedModel: message({ metaGraphs: field(2, 'MetaGraph', 'repeated') }),
  MetaGraph: message({ graphDef: field(2, 'GraphDef'), signatureDef: map(5, 'string', 'Signature') }),
  Signature: message({ inputs: map(1, 'string', 'TensorInfo'), outputs: map(2, 'string', 'TensorInfo'), methodName: field(3, 'string') }),
  TensorInfo: message({ name: field(1, 'string'), dtype: field(2, 'DataType'), tensorShape: field(3, 'Shape') }),
  GraphDef: message({ node: field(1, 'Node', 'repeated'), library: field(2, 'Library'), versions: field(4, 'Versions') }),
  Versions: message({ producer: field(1, 'int32'), minConsumer: field(2, 'int32') }),
  Node: message({ name: field(1, 'string'), op: field(2, 'string'), input: field(3, 'string', 'repeated'), device: field(4, 'string'), attr: map(5, 'string', 'Value') }),
  Value: message({ list: field(1, 'List'), s: field(2, 'bytes'), i: field(3, 'int64'), f: field(4, 'float'), b: field(5, 'bool'),
    type: field(6, 'DataType'), shape: field(7, 'Shape'), tensor: field(8, 'Tensor'), func: field(10, 'Func') }),
  List: message({ s: field(2, 'bytes', 'repeated'), i: field(3, 'int64', 'repeated'), f: field(4, 'float', 'repeated'), b: field(5, 'bool', 'repeated'),
    type: field(6, 'DataType', 'repeated'), shape: field(7, 'Shape', 'repeated') }),
  Func: message({ name: field(1, 'string') }),
  Shape: message({ dim: field(2, 'Dim', 'repeated'), unknownRank: field(3, 'bool') }),
  Dim: message({ size: field(1, 'int64'), name: field(2, 'string') }),
  Tensor: message({ dtype: field(1, 'DataType'), tensorShape: field(2, 'Shape'), tensorContent: field(4, 'bytes'), stringVal: field(8, 'bytes', 'repeated') }),
  Library: message({ function: field(1, 'FunctionDef', 'repeated') }),
  FunctionDef: message({ signature: field(1, 'OpDef'), nodeDef: field(3, 'Node', 'repeated'), ret: map(4, 'string', 'string') }),
  OpDef: message({ name: field(1, 'string'), inputArg: field(2, 'Arg', 'repeated'), outputArg: field(3, 'Arg', 'repeated') }),
  Arg: message({ name: field(1, 'string'), type: field(3, 'DataType') }),
  DataType: { values: { DT_INVALID: 0, DT_FLOAT: 1, DT_DOUBLE: 2, DT_INT32: 3, DT_UINT8: 4, DT_INT16: 5, DT_INT8: 6, DT_STRING: 7, DT_INT64: 9, DT_BOOL: 10, DT_BFLOAT16: 14, DT_UINT16: 17, DT_HALF: 19, DT_RESOURCE: 20, DT_VARIANT: 21, DT_UINT32: 22, DT_UINT64: 23 } },
} });
// This executor lacks a few operations of TensorFlow.
tf.registerOp('Conv3DBackpropInputV2', ({ inputs: [size, kernel, x], attrs }) =>
  tf.conv3dTranspose(x, kernel, Array.from(size.dataSync()), attrs.strides.slice(1, 4), String(attrs.padding).toLowerCase()));
tf.registerOp('Softsign', node => tf.div(node.inputs[0], tf.add(tf.abs(node.inputs[0]), 1)));
tf.registerOp('Bucketize', ({ inputs: [x], attrs }) => tf.addN(attrs.boundaries.map(bound => tf.greaterEqual(x, bound).toInt())));
tf.registerOp('SpaceToDepth', ({ inputs: [x], attrs }) => {
  const [batch, height, width, channels] = x.shape, size = Number(attrs.block_size), [rows, columns] = [height / size, width / size];
  return tf.reshape(tf.transpose(tf.reshape(x, [batch, rows, size, columns, size, channels]), [0, 1, 3, 2, 4, 5]), [batch, rows, columns, size * size * channels]);
});
tf.registerOp('ExtractImagePatches', ({ inputs: [x], attrs: { ksizes: [, rows, columns], strides: [, down, right] } }) => {
  const [batch, height, width, channels] = x.shape, [high, wide] = [Math.floor((height - rows) / down) + 1, Math.floor((width - columns) / right) + 1];
  const parts = Array.from({ length: high * wide }, (_, n) => x.slice([0, Math.floor(n / wide) * down, (n % wide) * right], [batch, rows, columns, channels]));
  return tf.reshape(tf.stack(parts, 1), [batch, high, wide, rows * columns * channels]);
});
// Dropping an axis goes wrong in this executor where another one has a stride; there it is sliced first, and the axis dropped after.
tf.registerOp('StridedSlice', ({ inputs: [x, ...ranges], attrs }) => {
  const [begin, end, strides] = ranges.map(range => Array.from(range.dataSync()));
  const [first, last, ellipsis, added, dropped] = ['begin', 'end', 'ellipsis', 'new_axis', 'shrink_axis'].map(name => Number(attrs[name + '_mask'] ?? 0));
  if (dropped === 0 || strides.every(stride => stride === 1)) return tf.stridedSlice(x, begin, end, strides, first, last, ellipsis, added, dropped);
  const is = (mask, bit) => (mask & (1 << bit)) !== 0, bits = begin.map((_, i) => i);
  const stop = bits.map(i => (is(dropped, i) ? begin[i] + 1 : end[i])), open = bits.reduce((mask, i) => (is(dropped, i) && begin[i] === -1 ? mask | (1 << i) : mask), last);
  const rest = x.shape.length - bits.filter(i => !is(ellipsis, i) && !is(added, i)).length;
  const axes = []; let axis = 0;
  for (const i of bits) { if (is(dropped, i)) axes.push(axis); axis += is(ellipsis, i) ? rest : 1; }
  return tf.squeeze(tf.stridedSlice(x, begin, stop, strides, first, open, ellipsis, added, 0), axes);
});
const SavedModel = root.lookupType('SavedModel');
const plain = { longs: String, enums: String, bytes: String };

export async function loadSavedModel(path) {
  const graph = SavedModel.decode(readFileSync(path)).metaGraphs[0];
  const weights = [];
  const take = node => {
    const tensor = node.attr.value?.tensor;
    if (node.op !== 'Const' || !tensor) return;
    const name = root.lookupEnum('DataType').valuesById[tensor.dtype];
    const shape = (tensor.tensorShape?.dim ?? []).map(d => Number(d.size));
    const bytes = new Uint8Array(tensor.tensorContent);
    let data = bytes, dtype = 'float32';
    if (name === 'DT_INT32') dtype = 'int32';
    if (name === 'DT_INT64') { dtype = 'int32'; data = new Uint8Array(Int32Array.from(new BigInt64Array(bytes.buffer), Number).buffer); }
    weights.push({ spec: { name: node.name, shape, dtype }, data });
    node.attr.value.tensor.tensorContent = new Uint8Array();
  };
  // What stands at its default is left out of the file; TensorFlow fills it in from its definitions, and this executor does not.
  const dilated = { Conv2D: 4, DepthwiseConv2dNative: 4, Conv2DBackpropInput: 4, Conv3D: 5, Conv3DBackpropInputV2: 5 };
  const nodes = [...graph.graphDef.node, ...(graph.graphDef.library?.function ?? []).flatMap(f => f.nodeDef)];
  for (const node of nodes)
    if (node.op === 'DepthToSpace' && !node.attr.data_format) node.attr.data_format = root.lookupType('Value').create({ s: Buffer.from('NHWC') });
  for (const node of nodes)
    if (/3D/.test(node.op) && !node.attr.data_format) node.attr.data_format = root.lookupType('Value').create({ s: Buffer.from('NDHWC') });
  for (const node of nodes)
    if (dilated[node.op] && !node.attr.dilations) node.attr.dilations = root.lookupType('Value').create({ list: { i: Array(dilated[node.op]).fill(1) } });
  graph.graphDef.node.forEach(take);
  // Constants of functions are told apart by their function, since weights have one name each.
  for (const f of graph.graphDef.library?.function ?? []) {
    const rename = name => `${f.signature.name}/${name}`;
    const own = new Set(f.nodeDef.map(n => n.name));
    const moved = input => { const [n, ...rest] = input.split(':'); return own.has(n) ? [rename(n), ...rest].join(':') : input; };
    for (const node of f.nodeDef) { node.name = rename(node.name); node.input = node.input.map(moved); take(node); }
    for (const key of Object.keys(f.ret)) f.ret[key] = moved(f.ret[key]);
  }
  const topology = root.lookupType('GraphDef').toObject(graph.graphDef, plain);
  const signature = root.lookupType('Signature').toObject(graph.signatureDef.serving_default, plain);
  const buffer = Buffer.concat(weights.map(w => Buffer.from(w.data.buffer, w.data.byteOffset, w.data.byteLength)));
  const model = await tf.loadGraphModel(tf.io.fromMemory({ modelTopology: topology, signature,
    weightSpecs: weights.map(w => w.spec), weightData: buffer.buffer.slice(buffer.byteOffset, buffer.byteOffset + buffer.byteLength) }));
  const inputs = Object.entries(signature.inputs), outputs = Object.entries(signature.outputs);
  return {
    inputs: inputs.map(([key, info]) => ({ key, dtype: info.dtype, shape: (info.tensorShape?.dim ?? []).map(d => Number(d.size)) })),
    outputs: outputs.map(([key]) => key),
    // Inputs in the order of the signature; outputs likewise.
    run: async tensors => [await model.executeAsync(Object.fromEntries(inputs.map(([, info], i) => [info.name, tensors[i]])), outputs.map(([, info]) => info.name))].flat(),
  };
}
