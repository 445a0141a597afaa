// Run by nativeStep.mjs: loads the native backend, computes a product, prints what answered.
const { tf } = await import("../../dist/src/index.js");
const product = tf.tidy(() => tf.matMul([[1, 2]], [[3], [4]]).dataSync()[0]);
if (product !== 11) throw new Error(`1·3 + 2·4 came out as ${product}`);
console.log(`${tf.getBackend()} backend computes`);
