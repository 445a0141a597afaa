/** TensorFlow.js's own specs on WebAssembly, with the kernels that are given to it. */
import { beforeAll, describe, expect, it } from "vitest";
import { pendingUpstream } from "./knownFailures.js";
import { knownOnWasm } from "./knownOnWasm.js";
import { runSuite, type SuiteResult } from "./runSuite.js";

describe("TensorFlow.js's specs where TensorFlow's library is absent", () => {
  let result: SuiteResult;

  beforeAll(async () => {
    result = await runSuite({ environment: { TUNELAB_BACKEND: "wasm" } });
  }, 900_000);

  const withStatus = (status: string) => result.specs.filter((spec) => spec.status === status);

  it("run on WebAssembly, and none of TensorFlow's ops", () => {
    expect(result.backends[0]).toBe("wasm");
    expect(result.ops).toBe(0);
  });

  it("fail where that is known, and pass everywhere else", () => {
    const known = new Set(knownOnWasm.map(({ spec }) => spec));
    const failed = withStatus("failed");
    const news = failed.filter(({ name }) => !known.has(name));
    expect(news.map(({ name, message }) => `${name}: ${message}`)).toEqual([]);
    // What passes by now is to be struck off the list.
    const still = new Set(failed.map(({ name }) => name));
    expect([...known].filter((name) => !still.has(name))).toEqual([]);
    const pending = pendingUpstream.map((name) => name.replace("test-tensorflow", "test-wasm"));
    expect(
      withStatus("pending")
        .map(({ name }) => name)
        .sort(),
    ).toEqual(pending.sort());
    expect(withStatus("passed").length).toBe(4230 - known.size - pending.length);
  });
});
