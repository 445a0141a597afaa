// Run by nativeStep.mjs: loads the native backend, computes a product, prints what answered.
import { nativeInfo, tf } from "../../dist/src/index.js";

const product = tf.tidy(() => tf.matMul([[1, 2]], [[3], [4]]).dataSync()[0]);
if (product !== 11) throw new Error(`1·3 + 2·4 came out as ${product}`);
const { tensorflow, devices } = nativeInfo();
console.log(`TensorFlow ${tensorflow} computes (${devices.length} device${devices.length === 1 ? "" : "s"})`);
