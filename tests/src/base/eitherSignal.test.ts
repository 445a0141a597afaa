import { getEventListeners } from "node:events";
import { expect, it } from "vitest";
import { eitherSignal } from "../../../src/base/eitherSignal.js";

it("is aborted with the first of its sources, with its reason", () => {
  const [a, b] = [new AbortController(), new AbortController()];
  const { signal } = eitherSignal([a.signal, b.signal]);
  expect(signal.aborted).toBe(false);
  b.abort("second");
  a.abort("first");
  expect(signal.reason).toBe("second");
});

it("is aborted from the beginning where a source is", () => {
  const { signal } = eitherSignal([AbortSignal.abort("before"), new AbortController().signal]);
  expect(signal.reason).toBe("before");
});

it("is seen to listen, until it is released", () => {
  const source = new AbortController();
  const { signal, release } = eitherSignal([source.signal]);
  expect(getEventListeners(source.signal, "abort")).toHaveLength(1);
  release();
  expect(getEventListeners(source.signal, "abort")).toHaveLength(0);
  source.abort();
  expect(signal.aborted).toBe(false);
});
