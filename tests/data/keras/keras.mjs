// A Keras H5 file as a model of tfjs-layers, which is an implementation of Keras of its own.
import * as tf from '@tensorflow/tfjs';
import { readFileSync } from 'node:fs';
import h5wasm from 'h5wasm/node';
await h5wasm.ready;
const tensorRef = t => [...t.config.keras_history];
function refs(x) { if (Array.isArray(x)) return x.flatMap(refs); if (x?.class_name === '__keras_tensor__') return [[...tensorRef(x), {}]]; if (x && typeof x === 'object') return Object.values(x).flatMap(refs); return []; }
export function toKeras2(layer) {
  const c = { ...layer.config };
  if (c.batch_shape) { c.batch_input_shape = c.batch_shape; delete c.batch_shape; }
  for (const k of ['batch_shape','batch_input_shape']) if (c[k] && !Array.isArray(c[k]) && c[k].items) c[k] = c[k].items;
  if (c.dtype && typeof c.dtype === 'object') c.dtype = 'float32';
  if (c.layers) { c.layers = c.layers.map(toKeras2); const io = v => Array.isArray(v) && typeof v[0] === 'string' ? [v] : v; if (c.input_layers) { c.input_layers = io(c.input_layers); c.output_layers = io(c.output_layers); } }
  if (c.layer) c.layer = toKeras2(c.layer);
  delete c.backward_layer;
  const out = { class_name: layer.class_name === 'Functional' ? 'Model' : layer.class_name, name: layer.name ?? c.name, config: c };
  if (layer.inbound_nodes) out.inbound_nodes = layer.inbound_nodes.map(n => Array.isArray(n) ? n : refs(n));
  return out;
}
export async function loadKeras(path) {
  const file = new h5wasm.File(path, 'r');
  let text = file.attrs.model_config.value; if (text instanceof Uint8Array) text = Buffer.from(text).toString();
  const config = JSON.parse(text);
  const version = String(file.attrs.keras_version?.value ?? '2.2.4');
  const adapted = Array.isArray(config.config) ? { class_name: 'Sequential', config: { name: 'm', layers: config.config.map(toKeras2) } } : toKeras2(config);
  const model = await tf.models.modelFromJSON({ model_config: { class_name: adapted.class_name, config: adapted.config }, keras_version: version });
  const root = file.get('model_weights') ?? file;
  for (const layer of model.layers) {
    const group = root.get(layer.name); if (!group) continue;
    let names = group.attrs.weight_names?.value ?? []; names = [...names];
    if (!names.length) continue;
    const tensors = names.map(n => { const d = group.get(n); return tf.tensor(Float32Array.from(d.value), d.shape.length ? d.shape : []); });
    layer.setWeights(tensors);
  }
  return model;
}
