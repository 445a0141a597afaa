import { boardKinds } from "../../src/base/boardKinds.js";
import { escapeHtml } from "../../src/base/escapeHtml.js";
import { refusing } from "./magicError.js";
import { defineMagic } from "./registry.js";
import { runReferences } from "./runReferences.js";
import { serveInstead } from "./servedBoards.js";
import { suggestRunsAndSweeps } from "./suggestRuns.js";

export const board = defineMagic({
  name: "board",
  kind: "line",
  summary: "Shows runs and sweeps as charts: scalars, gradient flow, histograms, trials.",
  details: [
    "A run or sweep is a name, an id, a folder, a pattern with *, or a variable. Without one: the runs and sweeps made in this notebook, else the newest.",
    "A sweep shows its own charts; --kind or --tags adds those of its trials' runs, a run's name those of that one.",
    "--serve starts a page that follows the runs as they train, and shows it; it lives as long as the session, or until the next one on the same port, or without a port.",
    "Charts whose values never change are listed in one line; --tags draws them.",
  ].join("\n"),
  examples: [
    "%board",
    "%board baseline 'deep-*' --tags loss --smoothing 0.9",
    "%board mnist-mlp --html board.html",
    "%board --serve",
  ],
  positionals: [{ name: "run", summary: "Which runs or sweeps", many: true, suggest: suggestRunsAndSweeps }],
  options: {
    tags: {
      type: "text",
      summary: "Only tags in which this regular expression is found (case counts where a capital is typed)",
      placeholder: "REGEX",
    },
    smoothing: {
      type: "number",
      summary: "TensorBoard's smoothing; without it 0.6, and none for series of fewer than 50 points",
      min: 0,
      max: 0.999,
    },
    kind: { type: "list", summary: "Which kinds of charts", choices: boardKinds, placeholder: "KINDS" },
    x: {
      type: "choice",
      summary: "The horizontal axis",
      choices: ["step", "relative", "wall"],
      default: "step",
    },
    y: {
      type: "choice",
      summary: "The scale of values",
      choices: ["auto", "linear", "log"],
      default: "auto",
    },
    outliers: {
      type: "choice",
      summary: "clip: the axis of values spans the 5th to the 95th percentile, arrows point beyond",
      choices: ["show", "clip"],
    },
    histograms: {
      type: "choice",
      summary: "A tag's histograms behind each other or over each other",
      choices: ["offset", "overlay"],
    },
    serve: {
      type: "integer",
      summary: "Serve a live page instead, on this port or any free one; without a run it shows all of them",
      min: 0,
      max: 65535,
      optionalValue: true,
      placeholder: "PORT",
    },
    pareto: {
      type: "text",
      summary:
        "What a sweep's Pareto front weighs the objective against: duration, parameters, a parameter or a metric, NAME:max where more is better",
      placeholder: "NAME",
    },
    html: { type: "text", summary: "Also write the board as one self-contained page", placeholder: "FILE" },
  },
  async run(context, { options, positionals }) {
    await refusing(async () => {
      const library = await context.library();
      const runs = await runReferences(context, positionals);
      const wanted = {
        x: options.x as "step" | "relative" | "wall",
        y: options.y as "auto" | "linear" | "log",
        ...(options.outliers === undefined ? {} : { outliers: options.outliers as "show" | "clip" }),
        ...(options.histograms === undefined
          ? {}
          : { histograms: options.histograms as "offset" | "overlay" }),
        ...(options.smoothing === undefined ? {} : { smoothing: options.smoothing }),
        ...(options.tags === undefined ? {} : { tags: options.tags }),
        ...(options.pareto === undefined ? {} : { pareto: options.pareto }),
        ...(options.kind === undefined ? {} : { kind: options.kind as (typeof boardKinds)[number][] }),
      };
      if (options.serve !== undefined) {
        if (options.html !== undefined)
          throw new TypeError("%board serves a page (--serve) or writes one (--html); both were asked for");
        const port = options.serve === true ? 0 : options.serve;
        const served = await serveInstead({
          port,
          start: () => library.serveBoard(runs, { ...wanted, port }),
          tell: (sentence) => context.printError(`${sentence}\n`),
        });
        context.display(servedBundle(served));
        return;
      }
      const shown = await library.board(runs, {
        ...wanted,
        ...(options.html === undefined ? {} : { html: options.html }),
      });
      if (options.html !== undefined) context.print(`page written to ${options.html}\n`);
      await context.show(shown);
    });
  },
});

/**
 * The page in a frame, and its address. On a JupyterHub, whose users' browsers are elsewhere, through jupyter-server-proxy:
 * `prefix` is where the hub has put this person's server, such as `/user/me/`.
 */
function servedBundle(
  { url, port }: { readonly url: string; readonly port: number },
  prefix = process.env.JUPYTERHUB_SERVICE_PREFIX,
): Record<string, string> {
  const proxied = `${prefix?.replace(/\/?$/, "/") ?? "/"}proxy/${port}/${new URL(url).search}`;
  const text = `board at ${url}\nFrom another machine, through jupyter-server-proxy: ${proxied}`;
  const address = escapeHtml(prefix === undefined ? url : proxied);
  return {
    "text/html": `<p><a href="${address}" target="_blank" rel="noopener">board</a></p><iframe src="${address}" title="board" style="width:100%;height:720px;border:0"></iframe>`,
    "text/plain": text,
  };
}
