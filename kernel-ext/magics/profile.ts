/**
 * What TensorFlow's ops cost. V8's own sampler is left alone: it looks at the stack wherever a thread is, and a call
 * into TensorFlow has a stack of its own, so that sampling such a call ends the process.
 */
import { resolve } from "node:path";
import type { OpProfile, Run } from "../../src/index.js";
import type { MagicContext } from "../session/magicContext.js";
import { fileInside } from "./fileInside.js";
import { writeTensorBoard, writeTrace } from "./profileFiles.js";
import { capturesLine, headline, opTable } from "./profileTable.js";
import { defineMagic } from "./registry.js";
import { requireCode } from "./requireCode.js";

export const profile = defineMagic({
  name: "profile",
  kind: "both",
  summary: "Runs the cell, or the rest of the line, and says what TensorFlow's ops cost.",
  details: [
    "A training step is captured and runs as one op; with --ops steps run op by op, which is slower, and each is seen.",
    "GFLOP/s: of products of matrices and convolutions, two operations a multiply-add. MB: what the ops put out.",
    "A timeline is opened at https://ui.perfetto.dev or chrome://tracing; a relative FILE stays inside the notebook's folder.",
    "--tensorboard writes into DIR, else into the run that the code opened (the last of several), else into the folder of runs.",
    "On a GPU an op's time is that of handing it over; what it computes is waited for where its values are read.",
  ].join("\n"),
  examples: [
    "%profile model.predict(x).dataSync()",
    "%%profile --layers\nawait fit(model, mnist, { epochs: 1, track: false })",
    "%%profile --ops --trace step.json\nawait fit(model, mnist, { epochs: 1, track: false })",
    "%%profile --ops --tensorboard\nawait fit(model, mnist, { epochs: 1 })",
    "%profile --tensorboard logs model.predict(x).dataSync()",
  ],
  options: {
    ops: { type: "flag", summary: "Training steps op by op instead of captured" },
    layers: {
      type: "flag",
      summary: "Also a table and a chart of what layers cost, forward and backward; with --ops",
    },
    chart: { type: "flag", summary: "Also a chart of what ops cost" },
    top: { type: "integer", summary: "How many ops at most", min: 1, default: 12 },
    trace: {
      type: "text",
      summary: "Also write a timeline in Chrome's trace format",
      placeholder: "FILE",
    },
    tensorboard: {
      type: "text",
      summary: "Also write a profile that TensorBoard shows",
      placeholder: "DIR",
      optionalValue: true,
    },
    json: { type: "flag", summary: "Print the costs as JSON" },
  },
  positionals: [{ name: "code", summary: "TypeScript to run (with one percent sign)", verbatim: true }],
  body: "code",
  lineBody: "once",
  async run(context, { options, positionals: [code] }) {
    requireCode("profile", context, code);
    const name = context.call ? "%%profile" : "%profile";
    const trace = options.trace === undefined ? undefined : fileInside(context.folder, options.trace, name);
    const { tensorboard } = options;
    const dir = typeof tensorboard === "string" ? folderInside(context.folder, tensorboard, name) : undefined;
    const library = await context.library();
    const cpuBefore = process.cpuUsage();
    const begin = performance.now();
    const eager = options.ops || options.layers;
    const { profiled, run } = await watchingRuns(library, () =>
      library.profileOps(() => context.runBody(), { eager }),
    );
    const { value, ops, captures, peakBytes } = profiled;
    const wall = performance.now() - begin;
    const { user, system } = process.cpuUsage(cpuBefore);
    const cpu = (user + system) / 1000;
    const totals = { wall, cpu, peakBytes };
    if (options.json)
      context.print(
        `${JSON.stringify({ ...totals, captures, ops, ...layersOf(profiled, options.layers) }, null, 2)}\n`,
      );
    else
      context.print(
        `${headline(ops, totals)}\n${capturesLine(captures)}${opTable(ops, { wall, top: options.top })}`,
      );
    if (options.chart && !options.json) context.display(await library.opTimes(profiled).toMimeBundle());
    if (options.layers && !options.json) {
      const times = library.layerTimes(profiled);
      context.print(`\n${times}\n`);
      context.display(await times.toMimeBundle());
    }
    const written = [];
    if (trace !== undefined)
      written.push(writeTrace(library, profiled, { file: trace, asked: options.trace ?? trace }));
    if (tensorboard !== undefined)
      written.push(writeTensorBoard(library, profiled, { run, dir, folder: context.lastFolder }));
    if (!options.json) context.print(written.join(""));
    return value;
  },
});

/** As `fileInside`; the notebook's folder itself may be meant. */
function folderInside(folder: string, path: string, magic: string): string {
  return resolve(folder, path) === resolve(folder) ? folder : fileInside(folder, path, magic);
}

/** Also the run that was opened last meanwhile. */
async function watchingRuns<T>(
  library: Awaited<ReturnType<MagicContext["library"]>>,
  work: () => Promise<T>,
): Promise<{ readonly profiled: T; readonly run: Run | undefined }> {
  let run: Run | undefined;
  const stop = library.onRunOpened((opened) => {
    run = opened;
  });
  try {
    const profiled = await work();
    return { profiled, run };
  } finally {
    stop();
  }
}

function layersOf({ layers, outside }: OpProfile<unknown>, asked: boolean) {
  return asked ? { layers, outside } : {};
}
