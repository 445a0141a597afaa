/**
 * TensorFlow.js's own specs as a contract of our backend: tfjs-core's, and tfjs-node's of its images, saved models,
 * TensorBoard, files and binding. tfjs-node itself leaves out 347 of them.
 */
import { beforeAll, describe, expect, it } from "vitest";
import { type KnownFailure, knownFailures, leftOut, pendingUpstream } from "./knownFailures.js";
import { runSuite, type SuiteResult } from "./runSuite.js";

const names = (list: readonly KnownFailure[]) => list.map(({ spec }) => spec).sort();

describe("TensorFlow.js's specs", () => {
  let result: SuiteResult;

  beforeAll(async () => {
    result = await runSuite({ leftOut: names(leftOut) });
  }, 900_000);

  const withStatus = (status: string) =>
    result.specs
      .filter((spec) => spec.status === status)
      .map(({ name }) => name)
      .sort();

  it("run on our binding, from the first to the last", () => {
    expect(result.backends).toEqual(["tensorflow", "tensorflow"]);
    expect(result.ops).toBeGreaterThan(30_000);
  });

  it("are all there", () => {
    expect(result.specs.length).toBe(4387);
    expect(withStatus("excluded")).toEqual(names(leftOut));
    expect(withStatus("pending")).toEqual([...pendingUpstream].sort());
  });

  it("fail where that is known, and pass everywhere else", () => {
    const known = new Set(names(knownFailures));
    const news = result.specs.filter(({ name, status }) => status === "failed" && !known.has(name));
    expect(news.map(({ name, message }) => `${name}: ${message}`)).toEqual([]);
    // What passes by now is to be struck off the list.
    expect(names(knownFailures).filter((name) => !withStatus("failed").includes(name))).toEqual([]);
    expect(withStatus("passed").length).toBe(4387 - known.size - leftOut.length - pendingUpstream.length);
  });
});

describe("the runner of the specs", () => {
  const spec = "abs test-tensorflow {} basic";

  it("names the spec in which the process ended", async () => {
    await expect(runSuite({ filter: spec, crashIn: spec })).rejects.toThrow(
      /ended early: in the spec abs test-tensorflow \{\} basic\nSIGSEGV/,
    );
  });

  it("does not let TensorFlow.js's slow backend compute where ours cannot", async () => {
    const environment = { TUNELAB_LIBTENSORFLOW: "/nowhere" };
    await expect(runSuite({ filter: spec, environment })).rejects.toThrow(/ended early: LibtensorflowError/);
  });
});
