/** `tunelab board`: charts of runs and sweeps as a live page, as one page in a file, or as text. */
import { boardKinds } from "../../base/boardKinds.js";
import { type Board, board } from "../../board/board.js";
import { type BoardOptions, boardSettings } from "../../board/options.js";
import { serveBoard } from "../../board/server/serveBoard.js";
import { type Command, Misuse, type OptionValue } from "../command.js";
import { dirOption, folderOfRuns } from "../folderOfRuns.js";
import { atTheDoor } from "../misuse.js";
import { openBrowser } from "../openBrowser.js";
import { untilInterrupted } from "../untilInterrupted.js";

export const boardCommand: Command = {
  name: "board",
  summary: "Draw runs and sweeps; the newest run unless some are named.",
  positionals: "[RUN|SWEEP|GLOB…]",
  arity: { least: 0, most: Number.POSITIVE_INFINITY },
  details: [
    "--port, --host or --no-open serve a page that follows the runs until Ctrl+C; without a run it shows all of them.",
    "Its address holds a token: who has it sees the board. It answers on this machine only, unless --host says otherwise.",
  ].join("\n"),
  options: {
    port: {
      type: "number",
      optionalValue: true,
      value: "[N]",
      description: "serve a live page on this port, or on any free one",
    },
    host: { type: "string", value: "NAME", description: "listen on this address; 127.0.0.1 unless given" },
    "no-open": { type: "boolean", description: "serve, and open no browser" },
    html: {
      type: "string",
      value: "FILE",
      description: "write one self-contained page; else the board is printed as text",
    },
    dir: dirOption,
    tags: {
      type: "string",
      value: "REGEX",
      description: "only tags in which this is found (case counts where a capital is typed)",
    },
    smoothing: {
      type: "number",
      description: "0 to 0.999; unless given 0.6, and 0 for fewer than 50 points",
    },
    kind: {
      type: "string",
      value: "LIST",
      description: boardKinds.join(","),
    },
    x: { type: "string", value: "AXIS", description: "step, relative or wall" },
    y: { type: "string", value: "SCALE", description: "auto, linear or log; auto unless given" },
    outliers: {
      type: "string",
      value: "MODE",
      description: "show, or clip: the axis spans the 5th to the 95th percentile, arrows point beyond",
    },
    histograms: { type: "string", value: "MODE", description: "offset or overlay; offset unless given" },
    pareto: {
      type: "string",
      value: "NAME",
      description: "what a Pareto front weighs the objective against; the duration unless given",
    },
    json: { type: "boolean", description: "the Vega-Lite specification on standard output" },
  },
  async run({ positionals, options }) {
    const wanted = boardOptions(options);
    atTheDoor(() => boardSettings(wanted));
    if (asksToServe(options)) return serve(positionals, wanted, options);
    const drawn: Board = await board(positionals, wanted);
    if (options.json === true) {
      const bundle = await drawn.liveBundle();
      process.stdout.write(`${JSON.stringify(bundle["application/vnd.vegalite.v5+json"])}\n`);
    } else if (typeof options.html === "string") process.stdout.write(`${options.html}\n`);
    else process.stdout.write(`${await drawn.toText()}\n`);
    return 0;
  },
};

type Given = Readonly<Record<string, OptionValue | undefined>>;

function asksToServe({ port, host, "no-open": noOpen }: Given): boolean {
  return port !== undefined || host !== undefined || noOpen === true;
}

/** Resolves when the person interrupts. */
async function serve(runs: readonly string[], wanted: BoardOptions, options: Given): Promise<number> {
  const { html, ...shown } = wanted;
  if (html !== undefined || options.json === true)
    throw new Misuse(
      "tunelab board serves a page (--port, --host, --no-open), or writes one (--html), or --json",
    );
  const port = typeof options.port === "number" ? options.port : 0;
  if (!(Number.isInteger(port) && port >= 0 && port <= 65535))
    throw new Misuse(`--port needs a whole number from 0 to 65535; ${port} was given`);
  const served = await serveBoard(runs, {
    ...shown,
    port,
    ...(typeof options.host === "string" ? { host: options.host } : {}),
  });
  const ended = untilInterrupted(served.ended);
  process.stdout.write(`${served.url}\n`);
  const forget = options["no-open"] === true ? () => {} : openBrowser(served.url);
  try {
    const failure = await ended;
    if (failure) throw failure;
    return 0;
  } finally {
    forget();
    await served.close();
  }
}

function boardOptions(options: Given): BoardOptions {
  const { dir, html, tags, smoothing, kind, x, y, outliers, histograms, pareto } = options;
  const runsDir = folderOfRuns(dir);
  const given = {
    runsDir,
    html,
    tags,
    smoothing,
    x,
    y,
    outliers,
    histograms,
    pareto,
    kind: typeof kind === "string" ? kind.split(",") : undefined,
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as BoardOptions;
}
