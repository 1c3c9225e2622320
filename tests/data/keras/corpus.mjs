// Makes corpus/*.json: what tfjs-layers answers for Keras files of the corpus (not part of the project), with inputs of a generator.
// Run: npm install @tensorflow/tfjs@4.22.0 h5wasm@0.10.3 && node corpus.mjs <corpus>/h5
import * as tf from '@tensorflow/tfjs';
import { mkdirSync, writeFileSync } from 'node:fs';
import { loadKeras } from './keras.mjs';

await tf.setBackend('cpu');
mkdirSync(new URL('./corpus/', import.meta.url), { recursive: true });
for (const [name, vocabulary] of [['fer_mini_xception_119'], ['gen_k3_channels_first'], ['gen_k3_functional_multi', 8], ['streamlit_mnist']]) {
  let state = 12345;
  const next = () => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return (state >>> 8) / 16777216; };
  const model = await loadKeras(`${process.argv[2]}/${name}/model/model.h5`);
  const inputs = model.inputs.map(input => ({ name: input.name, shape: input.shape.map((d, i) => d ?? (i === 0 ? 1 : 6)), range: vocabulary ? [0, vocabulary] : [-1, 1], floor: vocabulary !== undefined }));
  const given = inputs.map(i => tf.tensor(Array.from({ length: i.shape.reduce((a, b) => a * b, 1) }, () => { const v = Math.fround(i.range[0] + next() * (i.range[1] - i.range[0])); return i.floor ? Math.floor(v) : v; }), i.shape));
  const outputs = [model.predict(given.length === 1 ? given[0] : given)].flat();
  writeFileSync(new URL(`./corpus/${name}.json`, import.meta.url), JSON.stringify({ version: '', config: {}, weights: [], inputs, outputs: outputs.map(o => ({ shape: o.shape, values: Array.from(o.dataSync(), v => Number(v.toPrecision(9))) })) }) + '\n');
  console.log(name, outputs.map(o => `[${o.shape}] ${Array.from(o.dataSync()).slice(0, 4)}`).join(' '), model.inputNames);
}
