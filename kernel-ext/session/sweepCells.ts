/** Runs a sweep from a notebook: finds the cells its trials need, asks where that is dear, starts the workers. */
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { didYouMean } from "../../src/base/nearestName.js";
import { type CellFacts, noFacts } from "../language/cellFacts.js";
import { cellName } from "../language/cellName.js";
import { explainSlice, type Slice, sliceCells } from "../language/sliceCells.js";
import { MagicError } from "../magics/magicError.js";
import { sweepVariable } from "../magics/sweepVariable.js";
import type { CellRecord, CompiledCell } from "./compiledCell.js";
import type { MagicContext } from "./magicContext.js";
import { checkSwept, sweptParameters } from "./sweptFunction.js";
import { unfinishedCell } from "./unfinishedCells.js";
import type { ReplayedCell, WorkerSetup } from "./workerSetup.js";

type Library = typeof import("../../src/index.js");
type SweepResult = Awaited<ReturnType<Library["sweep"]>>;

export interface SweepCellsOptions {
  readonly name: string;
  /** `true` for the returned value. */
  readonly maximize: string | true | undefined;
  readonly minimize: string | true | undefined;
  readonly trials: number | undefined;
  readonly timeout: number | undefined;
  readonly sampler: string;
  readonly pruner: string;
  readonly parallel: number;
  readonly retries: number;
  readonly seed: number;
  readonly firstCome: boolean;
  readonly resume: boolean;
  readonly takeOver: boolean;
  /** Numbers of cells that run again in any case. */
  readonly forced: readonly number[];
  /** Of `%sweep`: what to call, and the declared space. Else the objective is the cell's body. */
  readonly call?: { readonly function: string; readonly space: string };
}

/** A cell that took longer is named and asked about before the workers run it again, in milliseconds. */
const longCell = 5_000;

/**
 * @returns the result, which is also bound to the sweep's variable.
 * @throws Interrupted when the person interrupts; the variable has what was done.
 * @throws when every trial failed; when a costly cell is among those needed and the person does not, or cannot, agree.
 */
export async function sweepCells(context: MagicContext, options: SweepCellsOptions): Promise<SweepResult> {
  const target = await targetOf(context, options);
  const slice = sliceCells(withFacts(context.cells), target.facts, { force: options.forced });
  const cells = slice.cells.map((number) => recordOf(context.cells, number));
  await requireValues(context, cells, slice);
  if (cells.length > 0) context.print(`Cells that run again in each worker:\n${explainSlice(slice)}\n`);
  await agreeOnCostly(context, cells, options.forced);
  const { folder } = context;
  const setup: WorkerSetup = {
    folder,
    cells: cells.map(replayed),
    objective: target.objective,
  };
  const sources = [...cells, ...(target.source ? [target.source] : [])];
  const library = await context.library();
  const variable = sweepVariable(options.name);
  const whereText = (dir: string) => `Result: ${variable} · files: ${relative(folder, dir)}`;
  const result = await library.sweep({
    ...libraryOptions(library, options),
    sources: sources.map(({ file, source }) => ({ name: file, text: source })),
    // The value of a %%sweep cell is shown, table and all; that of a %sweep line is not, whose table stays.
    ...(options.call ? {} : { ending: whereText }),
    engine: (dir) => engine(library, { dir, setup, options }),
  });
  await context.assign(variable, result);
  // As every interrupted cell: those that wait behind it are not to run with half a sweep.
  if (result.endReason === "interrupted") throw new library.Interrupted(interruption(result, variable));
  if (result.failure !== undefined) throw new Error(result.failure);
  if (options.call) context.print(`${whereText(result.dir)}\n`);
  return result;
}

function interruption({ name, trials }: SweepResult, variable: string): string {
  const complete = trials.filter(({ state }) => state === "complete").length;
  const done = `${complete} complete ${complete === 1 ? "trial" : "trials"}`;
  return `the sweep "${name}" was interrupted after ${done}; ${variable} has them, and --resume goes on`;
}

interface Target {
  readonly facts: CellFacts;
  readonly objective: WorkerSetup["objective"];
  /** Kept with the sweep's code. */
  readonly source: CompiledCell | undefined;
}

async function targetOf(context: MagicContext, { call }: SweepCellsOptions): Promise<Target> {
  const source = context.running;
  if (!call) {
    if (!source?.facts) throw new MagicError("%%sweep requires a compiled cell, but its cell has ended");
    return { facts: source.facts, objective: { body: bodyOf(source) }, source };
  }
  await checkCall(context, call);
  return { facts: callFacts(call.function), objective: { call: call.function }, source };
}

/** @throws when there is no such function, or its parameters are not those of the space. */
async function checkCall(
  context: MagicContext,
  { function: name, space }: NonNullable<SweepCellsOptions["call"]>,
): Promise<void> {
  const names = await context.names();
  if (!names.includes(name))
    throw new MagicError(
      `%sweep requires a function of this notebook, but there is no ${name}.${didYouMean(name, await functionsOf(context))}`,
    );
  await requireValue(context, name);
  const value = await context.value(name);
  if (typeof value !== "function")
    throw new MagicError(`%sweep requires a function, but ${name} is ${typeof value}`);
  const sources = context.cells.map(({ source }) => source);
  const parameters = sweptParameters(name, sources, String(value));
  const { parseSpace } = await context.library();
  if (parameters) checkSwept(name, parameters, Object.keys(parseSpace(space)));
}

/** A cell that failed would fail in every worker again: names that it did not come to are told before the start. */
async function requireValues(
  context: MagicContext,
  cells: readonly CellRecord[],
  { because }: Slice,
): Promise<void> {
  for (const { number } of cells.filter(({ status }) => status === "error")) {
    for (const { why, name } of because.get(number) ?? [])
      if (why === "declares") await requireValue(context, name);
  }
}

/** @throws MagicError when the cell that declares `name` ended before it had a value. */
async function requireValue(context: MagicContext, name: string): Promise<void> {
  const unfinished = unfinishedCell(name, context.cells);
  if (unfinished === undefined) return;
  try {
    await context.value(name);
  } catch {
    throw new MagicError(`the sweep calls for ${name}, and ${unfinished}`);
  }
}

/** Names of the notebook's functions. */
async function functionsOf(context: MagicContext): Promise<string[]> {
  const names = await context.names();
  const values = await Promise.allSettled(names.map((name) => context.value(name)));
  // A name whose cell failed before it had a value can only be refused.
  return names.filter((_, index) => {
    const end = values[index];
    return end?.status === "fulfilled" && typeof end.value === "function";
  });
}

function bodyOf({ magic: _, ...cell }: CompiledCell): CompiledCell {
  return cell;
}

/** As if the target were a cell that names the function. */
function callFacts(name: string): CellFacts {
  return { ...noFacts, usesNow: [name], runsNow: [name] };
}

function withFacts(cells: readonly CellRecord[]): { number: number; facts: CellFacts }[] {
  return cells.flatMap(({ number, facts }) => (facts ? [{ number, facts }] : []));
}

function recordOf(cells: readonly CellRecord[], number: number): CellRecord {
  const record = cells.findLast((cell) => cell.number === number);
  if (!record) throw new MagicError(`cell ${number} did not run in this session`);
  return record;
}

function replayed({ status, milliseconds: _, trained: __, ...cell }: CellRecord): ReplayedCell {
  return { ...cell, failed: status === "error" };
}

/** Cells that trained or took long are run again only with the person's word: `--cells` names them, or a yes. */
async function agreeOnCostly(
  context: MagicContext,
  cells: readonly CellRecord[],
  forced: readonly number[],
): Promise<void> {
  const costly = cells.filter((cell) => isCostly(cell) && !forced.includes(cell.number));
  if (costly.length === 0) return;
  const named = costly.map(describeCostly).join(", ");
  const option = `--cells ${[...forced, ...costly.map((cell) => cell.number)].join(",")}`;
  let answer: string;
  try {
    answer = await context.input(`Every worker would run again ${named}. Go on? [y/N] `);
  } catch {
    throw new MagicError(
      `every worker would run again ${named}: allow it with ${option}, or take it out of what the trial uses`,
    );
  }
  if (!/^\s*y(es)?\s*$/i.test(answer))
    throw new MagicError(`the sweep was not started: ${option} allows it without asking`);
}

function isCostly(cell: CellRecord): boolean {
  // A sweep's cell is not searched again in a worker: its result is read from its folder.
  return cell.magic?.name !== "sweep" && (cell.trained === true || cell.milliseconds > longCell);
}

function describeCostly({ number, trained, milliseconds }: CellRecord): string {
  const took = `${(milliseconds / 1000).toFixed(1)} s`;
  return `${cellName(number)} (${trained ? `it trained a model in ${took}` : `it took ${took}`})`;
}

function libraryOptions(library: Library, options: SweepCellsOptions): Parameters<Library["sweep"]>[0] {
  const { name, maximize, minimize, trials, timeout, sampler, pruner, parallel, retries, seed, call } =
    options;
  return {
    name,
    ...(maximize === undefined ? {} : { maximize }),
    ...(minimize === undefined ? {} : { minimize }),
    ...(trials === undefined ? {} : { trials }),
    ...(timeout === undefined ? {} : { timeout }),
    sampler: sampler as "tpe",
    pruner: pruner as "asha",
    parallel,
    retries,
    seed,
    repeatable: !options.firstCome,
    resume: options.resume,
    ...(options.takeOver && { takeOver: true }),
    ...(call && call.space !== "" ? { space: library.parseSpace(call.space) } : {}),
  };
}

function engine(
  library: Library,
  { dir, setup, options }: { dir: string; setup: WorkerSetup; options: SweepCellsOptions },
) {
  return library.localEngine({
    workers: options.parallel,
    module: fileURLToPath(new URL("./worker.js", import.meta.url)),
    setup,
    logs: `${dir}/workers`,
  });
}
