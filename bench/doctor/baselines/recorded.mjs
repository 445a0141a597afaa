// A run's series as the baselines' descriptions speak of them.

export function recordedOf(run) {
  const starting = (group) =>
    [...run.scalars]
      .filter(([tag]) => tag.startsWith(`${group}/`))
      .map(([tag, { values, steps }]) => ({
        name: tag.slice(group.length + 1),
        values: Array.from(values),
        steps: Array.from(steps),
      }));
  const layers = (run.record.model?.layers ?? [])
    .filter(({ weights }) => weights.length > 0)
    .map(({ name }) => name);
  const layerOf = (name) => name.slice(0, name.lastIndexOf("/"));
  const depth = (name) => layers.indexOf(layerOf(name));
  const kernels = (group) =>
    starting(group)
      .filter(({ name }) => name.endsWith("/kernel"))
      .sort((a, b) => depth(a.name) - depth(b.name))
      .map((series) => ({ ...series, layer: layerOf(series.name) }));
  return {
    starting,
    kernels,
    epochs: (metric) => Array.from(run.scalars.get(`epoch/${metric}`)?.values ?? []),
    series: (tag) => Array.from(run.scalars.get(tag)?.values ?? []),
    /** Points of a histogram: [{ step, histogram: { edges, counts } }]. */
    histogram: (tag) => run.histograms.get(tag) ?? [],
    failed: run.record.status === "failed",
  };
}

/** The value below which a share of a histogram's entries lie. */
export function quantile({ edges, counts }, share) {
  const total = counts.reduce((sum, count) => sum + count, 0);
  let seen = 0;
  for (let i = 0; i < counts.length; i++) {
    if (seen + counts[i] >= share * total && counts[i] > 0)
      return edges[i] + ((edges[i + 1] - edges[i]) * (share * total - seen)) / counts[i];
    seen += counts[i];
  }
  return edges.at(-1);
}
