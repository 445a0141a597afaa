// Trains a model of bench step for some steps and prints this process' peak of memory. Usage: ours.mjs MODEL STEPS [rematerialize]
import { tf } from "../../dist/src/native/index.js";
import { adam } from "../../dist/src/optim/index.js";
import { createCapturedStep } from "../../dist/src/train/capturedStep.js";
import { batch, models } from "../step/models/models.mjs";
import { peak } from "./peak.mjs";

const [, , name, steps, how] = process.argv;
const optimizer = adam();
const rematerialize = how === "rematerialize";
const step = createCapturedStep(models[name].build(tf), { loss: "crossEntropy", optimizer, rematerialize });
const given = batch(tf, name);
for (let seed = 0; seed < Number(steps); seed++)
  await step.run(given, { learningRate: optimizer.learningRate, seed });
if (step.eagerReasons.length > 0) throw new Error(`not captured: ${step.eagerReasons.join("; ")}`);
console.log(JSON.stringify({ peak: peak() }));
