import { afterEach, expect, it, vi } from "vitest";
import { type Host, installHost } from "../../../src/base/host.js";
import { warnOnce } from "../../../src/base/warnOnce.js";

const out = vi.spyOn(console, "log").mockImplementation(() => {});
const err = vi.spyOn(console, "warn").mockImplementation(() => {});
afterEach(() => vi.clearAllMocks());

const printed = () => [out, err].map(({ mock }) => mock.calls.flat());

it("says a sentence once, and tells a host that asks", () => {
  const warned: string[] = [];
  const host = { warned: (sentence: string) => void warned.push(sentence) } as unknown as Host;
  warnOnce("before any host");
  installHost(host);
  for (let i = 0; i < 2; i++) warnOnce("a slow core computes");
  warnOnce("before any host");
  expect(warned).toEqual(["a slow core computes"]);
  expect(printed()).toEqual([[], ["tunelab: before any host", "tunelab: a slow core computes"]]);
});

it("says it on a terminal's stdout, where displays that are renewed know of it", () => {
  const { isTTY } = process.stdout;
  process.stdout.isTTY = true;
  try {
    warnOnce("on a terminal");
  } finally {
    process.stdout.isTTY = isTTY;
  }
  expect(printed()).toEqual([["tunelab: on a terminal"], []]);
});
