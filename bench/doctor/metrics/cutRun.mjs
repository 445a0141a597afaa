// A run as it was when so many steps were done: what is known of its data was so from the beginning, evaluations come after it.

/** @param run as `readRun` gives it, trained by `fit` */
export function cutRun(run, steps) {
  const { trainSize, batchSize } = run.record.config;
  const epochs = steps / Math.ceil(trainSize / batchSize);
  const until = (tag) => (tag.startsWith("epoch/") ? (at) => at <= epochs : (at) => at < steps);
  const cut = (series, tag) => {
    const count = countOf(series.steps, until(tag));
    return {
      ...series,
      steps: series.steps.slice(0, count),
      values: series.values.slice(0, count),
      wallTimes: series.wallTimes.slice(0, count),
    };
  };
  const scalars = new Map(
    [...run.scalars]
      .map(([tag, series]) => [tag, cut(series, tag)])
      .filter(([, { steps: left }]) => left.length > 0),
  );
  const histograms = new Map(
    [...run.histograms]
      .map(([tag, points]) => [tag, points.filter(({ step }) => until(tag)(step))])
      .filter(([, points]) => points.length > 0),
  );
  const { stopReason, error, summary, ...record } = run.record;
  return {
    ...run,
    record: { ...record, status: "running" },
    status: "running",
    scalars,
    histograms,
    evaluations: new Map(),
  };
}

function countOf(steps, holds) {
  let count = 0;
  while (count < steps.length && holds(steps[count])) count++;
  return count;
}

/** Numbers of steps at which to look: each a quarter more than the one before, the last one all. */
export function cuts(total) {
  const places = [];
  for (let at = 1; at < total; at = Math.max(at + 1, Math.round(at * 1.25))) places.push(at);
  return [...places, total];
}
