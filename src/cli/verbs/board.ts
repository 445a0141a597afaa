/** `tunelab board`: charts of runs and sweeps as one page, or as text. */
import { resolve } from "node:path";
import { type Board, board } from "../../board/board.js";
import { type BoardOptions, boardSettings } from "../../board/options.js";
import type { Command, OptionValue } from "../command.js";
import { atTheDoor } from "../misuse.js";

export const boardCommand: Command = {
  name: "board",
  summary: "Draw runs and sweeps; the newest run unless some are named.",
  positionals: "[RUN|SWEEP|GLOB…]",
  arity: { least: 0, most: Number.POSITIVE_INFINITY },
  options: {
    html: {
      type: "string",
      value: "FILE",
      description: "write one self-contained page; else the board is printed as text",
    },
    dir: {
      type: "string",
      value: "DIR",
      description: "the folder of runs, or any folder of TensorBoard's event files",
    },
    tags: { type: "string", value: "REGEX", description: "only tags in which this is found" },
    smoothing: {
      type: "number",
      description: "0 to 0.999; unless given 0.6, and 0 for fewer than 50 points",
    },
    kind: {
      type: "string",
      value: "LIST",
      description: "scalars,gradients,histograms,distributions,hparams,system",
    },
    x: { type: "string", value: "AXIS", description: "step, relative or wall" },
    y: { type: "string", value: "SCALE", description: "auto, linear or log; auto unless given" },
    json: { type: "boolean", description: "the Vega-Lite specification on standard output" },
  },
  async run({ positionals, options }) {
    const wanted = boardOptions(options);
    atTheDoor(() => boardSettings(wanted));
    const drawn: Board = await board(positionals, wanted);
    if (options.json === true) {
      const bundle = await drawn.liveBundle();
      process.stdout.write(`${JSON.stringify(bundle["application/vnd.vegalite.v5+json"])}\n`);
    } else if (typeof options.html === "string") process.stdout.write(`${options.html}\n`);
    else process.stdout.write(`${await drawn.toText()}\n`);
    return 0;
  },
};

function boardOptions(options: Readonly<Record<string, OptionValue | undefined>>): BoardOptions {
  const { dir, html, tags, smoothing, kind, x, y } = options;
  const runsDir = typeof dir === "string" ? resolve(dir) : undefined;
  const given = {
    runsDir,
    html,
    tags,
    smoothing,
    x,
    y,
    kind: typeof kind === "string" ? kind.split(",") : undefined,
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as BoardOptions;
}
