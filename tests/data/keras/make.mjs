// Makes the goldens beside it: what TensorFlow.js (its layers, which define what Keras defines) gives for small models.
// Run: npm install @tensorflow/tfjs@4.22.0 && node make.mjs [layers | newer | masks | operations | recurrent | networks | applications]…
const parts = process.argv.slice(2);
for (const part of ['layers', 'newer', 'masks', 'operations', 'networks', 'applications', 'recurrent'])
  if (parts.length === 0 || parts.includes(part)) await import(`./${part}.mjs`);
