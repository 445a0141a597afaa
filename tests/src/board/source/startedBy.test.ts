import { expect, test } from "vitest";
import { startedBy } from "../../../../src/board/source/startedBy.js";

const node = "/usr/local/bin/node";

test.each([
  [
    "what was typed",
    { command: [node, "/home/me/a b.ts"], typed: ["tunelab", "run", "a b.ts"] },
    'tunelab run "a b.ts"',
  ],
  [
    "Node with a program below the folder, and its words",
    {
      command: [node, "/home/me/src/train.mjs", "--lr", "0.1"],
      workingDirectory: "/home/me",
      code: ["train.mjs"],
    },
    "node src/train.mjs --lr 0.1",
  ],
  [
    "a program beside the folder by its whole path",
    { command: [node, "/home/me2/train.mjs"], workingDirectory: "/home/me" },
    "node /home/me2/train.mjs",
  ],
  [
    "the cell of a notebook, not the kernel's process",
    { command: [node, "/opt/tunelab/dist/kernel-ext/session/main.js"], code: ["cell-1.ts", "cell-12.ts"] },
    "cell 12 of a notebook",
  ],
  [
    "a sweep's worker",
    { command: [node, "/t/dist/kernel-ext/session/worker.js"], group: "mlp" },
    "the sweep mlp",
  ],
  [
    "a sweep's worker outside",
    { command: [node, "/t/dist/src/sweep/engines/worker.js"], group: "mlp" },
    "the sweep mlp",
  ],
  ["Node alone", { command: [node] }, "node"],
  ["nothing of another program's run", { command: [] }, undefined],
])("tells %s", (_, facts, expected) => {
  expect(startedBy(facts)).toBe(expected);
});
