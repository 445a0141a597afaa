import { adam } from "../../../src/optim/index.js";

/** Of a training that is cut short: every update of its optimiser depends on those before. */
export const resumable = {
  optimizer: adam({ learningRate: 2e-3 }),
  epochs: 3,
  batchSize: 100,
  seed: 3,
  earlyStopping: { patience: 3 },
};
