/** Some real digits to train on, a folder for runs, and a host that records what is shown. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach } from "vitest";
import { installHost } from "../../../src/base/host.js";
import { terminalHost } from "../../../src/base/terminalHost.js";
import { arrays } from "../../../src/data/arrays.js";
import { mnist } from "../../../src/data/mnist.js";
import { mlp } from "../../../src/models/index.js";

export const folder = mkdtempSync(join(tmpdir(), "tunelab-fit-"));
export const track = (name: string) => ({ name, dir: folder });
export const model = (seed = 0) =>
  mlp({ inputShape: [28, 28, 1], hidden: [64], classes: 10, dropout: 0.1, seed });

const { train, validation, test, inputShape } = await mnist();
export const digits = arrays({
  name: "digits",
  x: train.x.subarray(0, 3000 * 784),
  y: train.y.subarray(0, 3000),
  inputShape,
  validation: { x: validation.x.subarray(0, 500 * 784), y: validation.y.subarray(0, 500) },
  test: { x: test.x, y: test.y },
});

export interface Stage {
  /** Its signal is the host's. */
  controller: AbortController;
  /** What was shown or updated, oldest first, as plain text. */
  shown: string[];
}

/** Installs the host anew before each test of the file that calls this. */
export function stage(): Stage {
  const made: Stage = { controller: new AbortController(), shown: [] };
  beforeEach(() => {
    made.controller = new AbortController();
    made.shown = [];
    installHost({
      ...terminalHost({ write: () => true }),
      signal: () => made.controller.signal,
      display(bundle) {
        made.shown.push(String(bundle["text/plain"]));
        return { update: (next) => void made.shown.push(String(next["text/plain"])) };
      },
    });
  });
  return made;
}
