/** How often each class was found, by the newest evaluation that a run has. */
import { sum } from "../base/sum.js";
import type { RunView } from "./runView.js";

/** One entry a class, undefined for one that was not asked for; undefined without an evaluation of so many classes. */
export function classRecalls({ run }: RunView, classes: number): (number | undefined)[] | undefined {
  const points = [...run.evaluations.values()].flat().sort((a, b) => b.wallTime - a.wallTime);
  for (const { evaluation } of points) {
    const content = evaluation.read();
    if (content.kind !== "classification" || !("counts" in content) || content.counts.length !== classes)
      continue;
    return content.counts.map((row, label) => {
      const rows = sum(row);
      return rows === 0 ? undefined : row[label]! / rows;
    });
  }
  return undefined;
}
