/** What TensorBoard's own readers see in a log directory beside numbers. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";

/** TensorBoard 2.21 and Pillow from PyPI, in the environment for tests. */
const python = join(import.meta.dirname, "../../../.venv-test/bin/python");
const script = join(import.meta.dirname, "../../oracles/tensorboard/read_media.py");

export interface SeenPicture {
  /** Pillow's: L, LA, RGB, RGBA. */
  readonly mode: string;
  readonly size: readonly [width: number, height: number];
  readonly pixels: readonly number[];
}

export interface SeenMedia {
  readonly texts: Record<string, [step: number, wallTime: number, text: string][]>;
  readonly html: Record<string, string[]>;
  readonly images: Record<
    string,
    [step: number, wallTime: number, width: number, height: number, pictures: SeenPicture[]][]
  >;
  readonly audio: Record<
    string,
    [
      step: number,
      wallTime: number,
      sounds: { rate: number; channels: number; width: number; samples: number[] }[],
    ][]
  >;
  readonly graph: {
    name: string;
    op: string;
    inputs: string[];
    shapes: number[][];
    parameters: number;
    trainable: boolean;
  }[];
}

/** By run. */
export function tensorBoardSees(logdir: string): Record<string, SeenMedia> {
  if (!existsSync(python)) throw new Error(`this test needs ${python} with tensorboard 2.21 and pillow`);
  const result = spawnSync(python, [script, logdir], { encoding: "utf8", maxBuffer: 2 ** 28 });
  expect(result.status, result.stderr).toBe(0);
  return JSON.parse(result.stdout) as Record<string, SeenMedia>;
}
