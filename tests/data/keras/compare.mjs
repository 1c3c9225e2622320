// Runs SavedModels of the random models of random.mjs in the graph executor of TensorFlow.js and compares the answers.
// Run: node compare.mjs <directory of random.mjs> <count> <directory with <k>/model/saved_model.pb>
import * as tf from '@tensorflow/tfjs'; import { loadSavedModel } from './savedmodel.mjs'; import { readFileSync, existsSync } from 'node:fs';
await tf.setBackend('cpu'); tf.enableProdMode(); console.warn = () => {};
const dir = process.argv[2], count = Number(process.argv[3]), out = process.argv[4]; let ok = 0, worst = 0;
for (let k = 0; k < count; k++) {
  const io = JSON.parse(readFileSync(`${dir}/${k}/io.json`)); const pb = `${out}/${k}/model/saved_model.pb`;
  if (!existsSync(pb)) { console.log(k, 'not converted'); continue; }
  try { const g = await loadSavedModel(pb); const xs = g.inputs.map(i => { const x = io.inputs.find(j => j.name === i.key); return tf.tensor(x.data, x.shape); });
    const ys = await g.run(xs); let bad = '';
    io.outputs.forEach((o, i) => { const b = ys[i].dataSync(); let d = 0, s = 1e-3; o.data.forEach((a, j) => { d = Math.max(d, Math.abs(a - b[j])); s = Math.max(s, Math.abs(a)); }); if (!(d / s < 1e-5) || String(o.shape) !== String(ys[i].shape)) bad += ` output ${i}: ${d} of ${s} [${o.shape}]/[${ys[i].shape}]`; else worst = Math.max(worst, d / s); });
    if (bad) console.log(k, bad, io.classes.join(' ')); else ok++;
  } catch (e) { console.log(k, 'FAILED', e.message.slice(0, 200), io.classes.join(' ')); }
}
console.log(ok, 'of', count, 'equal; worst', worst);
