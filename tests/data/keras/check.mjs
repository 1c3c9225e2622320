// Runs the graphs that the converter wrote for the goldens in the graph executor of TensorFlow.js, and notes in graphs.tsv which graphs
// (by the SHA-256 of saved_model.pb) gave the answers of the goldens, and how far they were off.
// Run: npm install @tensorflow/tfjs@4.22.0 protobufjs@7 && node check.mjs <directory>
// where KLEVER_WRITE_GRAPHS=<directory> was set for a run of KerasGraphTests.
import * as tf from '@tensorflow/tfjs';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { loadSavedModel } from './savedmodel.mjs';

await tf.setBackend('cpu');
tf.enableProdMode();
console.warn = () => {};
const here = new URL('./', import.meta.url);

// The generator of make.mjs: weights come before the inputs.
function numbers(state = 12345) {
  return (shape, low, high) => Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.fround(low + (state >>> 8) / 16777216 * (high - low));
  });
}

const lines = [], failures = [];
for (const file of readdirSync(here).filter(f => f.endsWith('.json') && !f.startsWith('package')).sort()) {
  try {
    const name = file.slice(0, -5), golden = JSON.parse(readFileSync(new URL(file, here)));
    const path = `${process.argv[2]}/${name}/saved_model.pb`;
    const next = numbers();
    golden.weights.forEach(group => group.weights.forEach(w => next(w.shape, ...w.range)));
    const given = golden.inputs.map(i => { const values = next(i.shape, ...i.range); return { shape: i.shape, values: i.floor ? values.map(Math.floor) : values }; });
    const graph = await loadSavedModel(path);
    const tensors = graph.inputs.map((info, i) => tf.tensor(given[i].values, given[i].shape, /FLOAT|HALF|DOUBLE/.test(info.dtype) ? 'float32' : 'int32'));
    const results = await graph.run(tensors);
    let worst = 0;
    golden.outputs.forEach((expected, i) => {
      const values = results[i].dataSync(), scale = Math.max(1e-3, ...expected.values.map(Math.abs));
      if (String(expected.shape) !== String(results[i].shape)) throw new Error(`${name}: output ${i} is [${results[i].shape}] instead of [${expected.shape}]`);
      expected.values.forEach((v, k) => { worst = Math.max(worst, Math.abs(v - values[k]) / scale); });
    });
    if (!(worst <= 1e-5)) throw new Error(`${name}: differs by ${worst}`);
    lines.push([name, createHash('sha256').update(readFileSync(path)).digest('hex'), worst.toExponential(1)].join('\t'));
    console.log(lines.at(-1));
  } catch (e) { failures.push(`${file}: ${e.message}`); }
}
failures.forEach(failure => console.error(failure));
process.exitCode = failures.length === 0 ? 0 : 1;
writeFileSync(new URL('graphs.tsv', here), lines.join('\n') + '\n');
