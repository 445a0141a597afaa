import { expect, it } from "vitest";
import { arrays } from "../../../src/data/arrays.js";
import { mlp } from "../../../src/models/index.js";
import { fitPlan } from "../../../src/train/fitPlan.js";

const x = Array.from({ length: 10 }, (_, i) => [i, -i]);
const dataset = arrays({ x, y: x.map((_, i) => i % 2), classes: 2 });
const names = "loss, accuracy, valLoss, valAccuracy";
const plan = (options: object) => () =>
  fitPlan(mlp({ inputShape: [2], hidden: [], classes: 2 }), dataset, {
    validation: dataset.train,
    ...options,
  });

it.each([
  ["earlyStopping", { earlyStopping: { monitor: "val_loss" } }, '"val_loss". Did you mean valLoss?'],
  ["restoreBest", { restoreBest: { monitor: "val_accuracy" } }, '"val_accuracy". Did you mean valAccuracy?'],
  ["fit's checkpoint", { checkpoint: { monitor: "val_loss" } }, '"val_loss". Did you mean valLoss?'],
  ["earlyStopping", { earlyStopping: { monitor: "f1" } }, '"f1"'],
  ["earlyStopping", { earlyStopping: { monitor: 3 } }, "3"],
])("%s refuses to monitor what is not measured: %j", (who, options, told) => {
  expect(plan(options)).toThrow(
    new RangeError(`${who} needs to monitor what is measured here (${names}); it was given ${told}`),
  );
});

it.each(["loss", "accuracy", "valLoss", "valAccuracy"])("lets %s pass", (monitor) => {
  expect(plan({ earlyStopping: { monitor } })().training.earlyStopping?.monitor).toBe(monitor);
});
