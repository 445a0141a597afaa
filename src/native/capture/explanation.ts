import { inspectInstances } from "../../base/inspection.js";
import { textTable } from "../../base/table.js";
import { describe } from "../handles.js";
import type { GraphNode } from "./graph.js";
import type { TracedCall } from "./simplify.js";

/** One op of a captured function. */
export interface ExplainedOp {
  /** TensorFlow's name, such as `MatMul`. */
  readonly name: string;
  /** Of its outputs, such as `float32[64,10]`; empty for ops before rewriting. */
  readonly outputs: readonly string[];
}

/** What a capture made of a function. As text, and as a cell's value, it is a table of ops and how many of each. */
export class Explanation {
  constructor(
    /** The ops as TensorFlow.js called them, in that order. */
    readonly before: readonly string[],
    /** The ops that run, after rewriting, each after those it reads; constants are among them, inputs are not. */
    readonly after: readonly ExplainedOp[],
    /** What the capture took, in milliseconds; the first call takes some more. */
    readonly milliseconds: number,
  ) {}

  toString(): string {
    const after = this.after.map(({ name }) => name);
    const names = [...new Set([...this.before, ...after])].sort();
    const count = (list: readonly string[], name: string) =>
      list.filter((one) => one === name).length || undefined;
    const rows = names.map((name) => [name, count(this.before, name), count(after, name)]);
    const total = ["all", this.before.length, after.length];
    return textTable({
      header: ["op", "before", "after"],
      rows: [...rows, total],
      right: ["before", "after"],
    });
  }

  /** What a notebook shows. */
  toMimeBundle(): { readonly "text/plain": string } {
    return { "text/plain": `${this}` };
  }
}

inspectInstances(Explanation);

export function explanationOf(
  noted: readonly TracedCall[],
  needed: readonly GraphNode[],
  milliseconds: number,
): Explanation {
  const after = needed.map(({ name, outputs }) => ({ name, outputs: outputs.filter(Boolean).map(describe) }));
  return new Explanation(
    noted.map(({ name }) => name),
    after,
    milliseconds,
  );
}
