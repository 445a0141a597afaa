import { durationText } from "../../src/base/durationText.js";
import { defineMagic } from "./registry.js";
import { requireCode } from "./requireCode.js";

export const timeit = defineMagic({
  name: "timeit",
  kind: "both",
  summary: "Runs the cell, or the rest of the line, many times and says how long one run takes.",
  details:
    "Without --number, as many runs a round as take 0.2 s. Promises are awaited. Mean and deviation are over the rounds. What the lines below %%timeit declare is theirs alone.",
  examples: [
    "%timeit Math.sqrt(2)",
    "%%timeit -n 100\nlet sum = 0;\nfor (const x of xs) sum += x;",
    "%timeit -n 10 -r 3 await model.predict(x).data()",
  ],
  options: {
    number: { type: "integer", short: "n", min: 1, summary: "Runs in a round" },
    repeat: { type: "integer", short: "r", min: 1, default: 7, summary: "Rounds" },
  },
  positionals: [{ name: "code", summary: "TypeScript to run (with one percent sign)", verbatim: true }],
  body: "function",
  lineBody: "repeated",
  async run(context, { options, positionals: [code] }) {
    requireCode("timeit", context, code);
    const { signal } = context;
    const body = (await context.runBody()) as () => unknown;
    const round = await roundOf(body, signal);
    const runs = options.number ?? (await runsFor(round));
    const seconds: number[] = [];
    for (let count = 0; count < options.repeat; count++) seconds.push((await round(runs)) / runs);
    const { mean, deviation } = statistics(seconds);
    const per = `${durationText(mean)} ± ${durationText(deviation)} a run`;
    context.print(
      `${per} (mean ± standard deviation of ${seconds.length} rounds of ${runs.toLocaleString("en")}); best ${durationText(Math.min(...seconds))}\n`,
    );
  },
});

/** Runs the code a number of times and gives the seconds it took. Rejects once the signal is aborted. */
type Round = (runs: number) => Promise<number>;

/** Runs it once to see whether it gives a promise: code that does not must not pay for an await. */
async function roundOf(body: () => unknown, signal: AbortSignal): Promise<Round> {
  const first = body();
  const isAsync = first instanceof Promise;
  await first;
  return async (runs) => {
    signal.throwIfAborted();
    const begin = performance.now();
    if (isAsync) await eachAwaited(body, { runs, signal });
    else for (let run = 0; run < runs; run++) body();
    return (performance.now() - begin) / 1000;
  };
}

/** A listener, as asking the signal each time would take longer than many a body. */
async function eachAwaited(
  body: () => unknown,
  { runs, signal }: { readonly runs: number; readonly signal: AbortSignal },
): Promise<void> {
  let going = true;
  const stop = () => {
    going = false;
  };
  signal.addEventListener("abort", stop);
  try {
    for (let run = 0; run < runs && going; run++) await body();
    signal.throwIfAborted();
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

/** 1, 2, 5, 10, 20, … runs, the first number that takes at least 0.2 s (as Python's timeit does). */
async function runsFor(round: Round): Promise<number> {
  for (let size = 1; ; size *= 10) {
    for (const factor of [1, 2, 5]) {
      if ((await round(size * factor)) >= 0.2) return size * factor;
    }
  }
}

function statistics(values: readonly number[]): { mean: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, deviation: Math.sqrt(variance) };
}
