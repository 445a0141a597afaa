import { expect, it } from "vitest";
import { preload } from "../../../kernel-ext/session/preload.js";

it("loads the library and TensorFlow.js ahead, and nothing whose loading a person could notice", () => {
  const loaded: string[] = [];
  const modules = [
    "tunelab",
    "./mine.js",
    "@tensorflow/tfjs",
    "lodash",
    "@tensorflow/tfjs-layers",
    "node:fs",
  ];
  preload(modules, async (name) => loaded.push(name));
  expect(loaded).toEqual(["tunelab", "@tensorflow/tfjs", "@tensorflow/tfjs-layers"]);
});

it("leaves a failure to the cell that imports the module", async () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  process.on("unhandledRejection", note);
  preload(["tunelab"], () => Promise.reject(new Error("not built")));
  await new Promise((resolve) => setTimeout(resolve, 20));
  process.off("unhandledRejection", note);
  expect(unhandled).toEqual([]);
});
