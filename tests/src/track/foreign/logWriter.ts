import { mkdirSync } from "node:fs";
import { expect } from "vitest";
import { EventWriter } from "../../../../src/track/eventWriter.js";

/** Writes logs as another program does: event files in a folder without run.json. */
export function logWriter(dir: string, wallTime: () => number = () => 1.7e9): EventWriter {
  mkdirSync(dir, { recursive: true });
  return new EventWriter(dir, { clock: { wallTime }, onProblem: (text) => expect.fail(text) });
}
