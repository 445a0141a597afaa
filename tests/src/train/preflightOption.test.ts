import { afterEach, beforeEach, expect, test } from "vitest";
import { type Host, host, hostInstalled, installHost } from "../../../src/base/host.js";
import { terminalHost } from "../../../src/base/terminalHost.js";
import { watchOps } from "../../../src/native/opWatch.js";
import type { FitOptions } from "../../../src/train/fitOptions.js";
import { preflightOf } from "../../../src/train/preflightOption.js";

const terminal = terminalHost({ write: () => true });
const before = hostInstalled() ? host() : terminal;
const on = (changes: Partial<Host>) => void installHost({ ...terminal, ...changes });
beforeEach(() => on({}));
afterEach(() => void installHost(before));

test("is the default in notebooks alone", () => {
  expect(preflightOf({})).toBe(false);
  expect(preflightOf({ preflight: true })).toBe(true);
  on({ kind: "notebook" });
  expect(preflightOf({})).toBe(true);
  expect(preflightOf({ preflight: false })).toBe(false);
  on({ kind: "worker" });
  expect(preflightOf({})).toBe(false);
});

test("is not the default while ops are profiled, but may be asked for", () => {
  on({ kind: "notebook" });
  const stop = watchOps({ eager: false, ran: () => {}, held: () => {}, captured: () => {} });
  try {
    expect(preflightOf({})).toBe(false);
    expect(preflightOf({ preflight: true })).toBe(true);
  } finally {
    stop();
  }
});

test("is left out in a sweep's trial and of a resumed training, though it was asked for", () => {
  const trial = { number: 0 } as NonNullable<FitOptions["trial"]>;
  expect(preflightOf({ preflight: true, trial })).toBe(false);
  expect(preflightOf({ preflight: true, resume: "runs/a" })).toBe(false);
  on({ trial: () => ({ name: "s-0", group: "s", params: {} }) });
  expect(preflightOf({ preflight: true })).toBe(false);
});

test("refuses what is neither true nor false", () => {
  expect(() => preflightOf({ preflight: "yes" as never })).toThrow(
    new TypeError('fit needs preflight to be true or false; it was given "yes"'),
  );
});
