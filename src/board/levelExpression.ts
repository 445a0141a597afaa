/** Where among the levels of smoothing a row's line is drawn: the place of the chosen one, or the line's usual one. */
import { expressionList } from "./inlineData.js";
import { smoothingChoice } from "./section.js";

export interface LevelledRow {
  readonly run: number;
  readonly set: number;
  /** Which of the levels is usual for the line of this run and set. */
  readonly usual: number;
}

/** A Vega expression on `datum.r`, the run, and `datum.k`, the set, where there is more than the first. */
export function levelExpression(rows: readonly LevelledRow[], given: number | undefined): string {
  if (given !== undefined) return smoothingChoice;
  const found = new Map(rows.map(({ set, run, usual }) => [`${set} ${run}`, usual]));
  const [sets, runs] = [lengthOf(rows.map(({ set }) => set)), lengthOf(rows.map(({ run }) => run))];
  const lists = Array.from({ length: sets }, (_, set) =>
    expressionList(Array.from({ length: runs }, (_, run) => found.get(`${set} ${run}`) ?? 0)),
  );
  const usual = sets > 1 ? `[${lists.join(",")}][datum.k]` : lists[0];
  return `${smoothingChoice} > 0 ? ${smoothingChoice} - 1 : ${usual}[datum.r]`;
}

/** Of a list with these places. */
function lengthOf(places: readonly number[]): number {
  return places.reduce((most, place) => Math.max(most, place + 1), 0);
}
