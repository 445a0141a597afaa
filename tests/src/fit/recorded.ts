/** Everything that a run's files say of a training, to be compared with another's. */
import { readRun } from "../../../src/track/index.js";

export function recorded(dir: string) {
  const { scalars, histograms, problems } = readRun(dir);
  const points = [...scalars].map(([tag, { steps, values }]) => [tag, [...steps], [...values]]);
  const shapes = [...histograms].map(([tag, of]) => [
    tag,
    of.map(({ step, histogram }) => [step, histogram]),
  ]);
  return { points: points.sort(), shapes: shapes.sort(), problems };
}
