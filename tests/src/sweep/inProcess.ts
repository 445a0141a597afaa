/** Sweeps whose trials run in this process, in a folder of their own, under a host that records what is shown. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach } from "vitest";
import { type Host, installHost, type MimeBundle } from "../../../src/base/host.js";
import { sweep } from "../../../src/sweep/sweep.js";
import type { SweepOptions } from "../../../src/sweep/sweepOptions.js";

export const newFolder = () => mkdtempSync(join(tmpdir(), "sweeps-"));
export const run = (options: Partial<SweepOptions> & Pick<SweepOptions, "objective">) =>
  sweep({ minimize: true, dir: newFolder(), progress: false, ...options });
export const later = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export interface Stage {
  /** Its signal is the host's; a test that aborts it and goes on puts a new one here. */
  controller: AbortController;
  /** What was shown or updated, oldest first. */
  shown: MimeBundle[];
}

/** Installs the host anew before each test of the file that calls this. */
export function stage(): Stage {
  const made: Stage = { controller: new AbortController(), shown: [] };
  beforeEach(() => {
    made.controller = new AbortController();
    made.shown = [];
    const host: Host = {
      kind: "notebook",
      display: (bundle) => {
        made.shown.push(bundle);
        return { update: (next) => void made.shown.push(next) };
      },
      signal: () => made.controller.signal,
      sources: () => [{ name: "cell-1.ts", text: "const x = 1;" }],
    };
    installHost(host);
  });
  return made;
}
