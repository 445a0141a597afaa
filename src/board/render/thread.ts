/**
 * The thread that draws: it reads run files and makes bundles and pages, so that nobody's main thread waits.
 *
 * One message in, one message out, in the order they came.
 */
import { type MessagePort, parentPort } from "node:worker_threads";
import { drawingTime, fullBundle, givenChart, liveBundle, passingBundle } from "../bundle.js";
import type { Spec } from "../inlineData.js";
import type { BoardSettings } from "../options.js";
import { page } from "../page.js";
import { type PersonChart, personChart } from "../personChart.js";
import { readBoard } from "../read.js";
import type { BoardRun } from "../series.js";
import type { BoardSources } from "../sources.js";
import { withVerdicts } from "../withVerdicts.js";
import type { Grammar } from "./svg.js";

export type { PersonChart };

/** Answered by its port, so that who asks may take the answer without a turn of the event loop. */
export type DrawRequest = { readonly port: MessagePort } & DrawQuestion;

/** A board, or one chart that is given. */
export type DrawQuestion =
  | {
      readonly what: "full" | "live" | "passing" | "page";
      readonly sources: BoardSources;
      readonly settings: BoardSettings;
    }
  | { readonly what: "chart"; readonly spec: Spec; readonly text: string }
  /** How long it takes to draw. */
  | { readonly what: "time"; readonly spec: Spec };

/** A person's chart, for who waits without a turn of the event loop: woken by `state`, which becomes 1. */
export interface ChartQuestion {
  readonly json: string;
  readonly grammar: Grammar;
  readonly port: MessagePort;
  readonly state: Int32Array;
}

export type DrawReply =
  | { readonly result: unknown }
  | { readonly error: { readonly name: string; readonly message: string; readonly stack?: string } };

/** Runs that were drawn without waiting for the doctor. */
let unseen: readonly BoardRun[] = [];

async function draw(request: DrawRequest): Promise<unknown> {
  if (request.what === "chart") return givenChart(request.spec, request.text);
  if (request.what === "time") return drawingTime(request.spec);
  const { what, sources, settings } = request;
  // What is shown for a moment does not wait for the doctor, who takes longer than the drawing where his code is new.
  const data = readBoard(sources, settings, { waits: what !== "passing" });
  if (what === "passing") {
    unseen = data.runs;
    return passingBundle(data, settings);
  }
  if (what === "live") return liveBundle(data, settings);
  return what === "full" ? fullBundle(data, settings) : page(data, settings);
}

async function answer(request: DrawRequest): Promise<DrawReply> {
  try {
    return { result: await draw(request) };
  } catch (error) {
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
    return { error: { name, message, ...(stack ? { stack } : {}) } };
  }
}

async function answerChart({ json, grammar, port, state }: ChartQuestion): Promise<void> {
  port.postMessage(await personChart(json, grammar));
  port.close();
  Atomics.store(state, 0, 1);
  Atomics.notify(state, 0);
}

/** Once they are shown the doctor looks at them, for the next time. Where he cannot judge, those who wait for him tell it. */
function lookAfter(): void {
  withVerdicts(unseen, () => {});
  unseen = [];
}

let last: Promise<unknown> = Promise.resolve();
parentPort?.on("message", (request: DrawRequest | ChartQuestion) => {
  last = last.then(async () => {
    if ("json" in request) return answerChart(request);
    request.port.postMessage(await answer(request));
    lookAfter();
  });
});
