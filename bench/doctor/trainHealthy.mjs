// Trains healthy runs that are made up, until there are as many as asked for: `node bench/doctor/trainHealthy.mjs --count 300 --dir DIR`.
// `--from N` begins at the N-th. What does not learn is thrown away, and told.
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { option } from "../shared/option.mjs";
import { wholeOption } from "../shared/wholeOption.mjs";
import { datasetOf } from "./data/datasetOf.mjs";
import { unhealthyBy } from "./learned.mjs";
import { generated } from "./runs/generated.mjs";
import { trainRun } from "./trainRun.mjs";

/**
 * Those that lie in `dir` already, as `healthy.json` there says (`healthy-N.json` of those from N on), are taken as they are, and others are trained behind them.
 *
 * @returns { healthy: [{ definition, seed, dir }], dropped: [why], tried }
 */
export async function trainHealthy({ count, from = 0, dir }) {
  const index = join(dir, from === 0 ? "healthy.json" : `healthy-${from}.json`);
  const before = existsSync(index)
    ? JSON.parse(readFileSync(index, "utf8"))
    : { next: from, healthy: [], dropped: [] };
  const { healthy, dropped } = before;
  let { next } = before;
  for (; healthy.length < count; next++) {
    const definition = generated(next);
    const trained = await trainRun(definition, { seed: next, dir });
    const why = unhealthyBy(trained, await datasetOf(definition.data, next));
    if (why === undefined) healthy.push({ seed: next, name: basename(trained.dir) });
    else {
      dropped.push(`${definition.id} (${definition.data.of}): ${why}`);
      rmSync(trained.dir, { recursive: true });
    }
    writeFileSync(index, JSON.stringify({ next: next + 1, healthy, dropped }));
  }
  const wanted = healthy.slice(0, count);
  return {
    healthy: wanted.map(({ seed, name }) => ({ definition: generated(seed), seed, dir: join(dir, name) })),
    dropped,
    tried: healthy.length + dropped.length,
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const count = wholeOption("count", 300);
  const { dropped, tried } = await trainHealthy({
    count,
    from: wholeOption("from", 0, 0),
    dir: option("dir") ?? "runs",
  });
  for (const line of dropped) console.log(line);
  console.log(`${count} healthy runs of ${tried}`);
}
