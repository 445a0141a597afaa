import { expect, test } from "vitest";
import { environmentVariables } from "../../../src/track/environmentVariables.js";

test("keeps what says how programs compute, without secrets, and nothing of a person's own", () => {
  const variables = {
    TF_ENABLE_ONEDNN_OPTS: "0",
    OMP_NUM_THREADS: "4",
    CUDA_VISIBLE_DEVICES: "1",
    TUNELAB_TOKEN: "not-for-you",
    NODE_OPTIONS: "--title=not-for-you",
    LD_LIBRARY_PATH: "x".repeat(5000),
    HOME: "/home/me",
    WANDB_API_KEY: "k",
    MAIL: "me@example.org",
    TF: "no",
  };
  expect(environmentVariables(variables)).toEqual({
    CUDA_VISIBLE_DEVICES: "1",
    LD_LIBRARY_PATH: `${"x".repeat(4096)}…`,
    NODE_OPTIONS: "--title=***",
    OMP_NUM_THREADS: "4",
    TF_ENABLE_ONEDNN_OPTS: "0",
    TUNELAB_TOKEN: "***",
  });
  expect(Object.keys(environmentVariables(variables))).toEqual(
    Object.keys(environmentVariables(variables)).toSorted(),
  );
});
