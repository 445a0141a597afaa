/**
 * Series that other programs logged, also under the names that the rules look for. Programs name them alike: `Loss/train`,
 * `val_loss`, `train_loss_epoch`, `epoch_accuracy`, `evaluation_loss_vs_iterations`.
 *
 * A series is taken for a loss or an accuracy only if every word of its name is known: `discriminator_loss` is another one.
 */
import { trainingWords, validationWords } from "../../base/splitWords.js";
import { tags } from "../../base/tags.js";
import { fromJsonNumber } from "../jsonValue.js";
import { metricOf } from "../metricOf.js";
import type { RunData, ScalarSeries } from "../runData.js";
import type { RunRecord, TagSummary } from "../runRecord.js";
import { withoutOverwritten } from "../withoutOverwritten.js";
import { epochAt, firstAtOrAfter, meansOf, numbered } from "./epochMeans.js";

type Scalars = ReadonlyMap<string, ScalarSeries>;

interface Role {
  readonly metric: "loss" | "accuracy";
  readonly isValidation: boolean;
  /** Once an epoch, or once a step; undefined where the name says neither. */
  readonly every: "epoch" | "step" | undefined;
}

const metricWords: ReadonlyMap<string, Role["metric"]> = new Map([
  ["loss", "loss"],
  ["acc", "accuracy"],
  ["accuracy", "accuracy"],
]);
const validation = new Set<string>(validationWords);
const training = new Set<string>(trainingWords);
const byStep = new Set(["step", "batch", "iter", "iteration", "iterations"]);
const others = new Set(["mean", "avg", "average", "vs", "total"]);
const rates = new Set(["lr", "learning_rate", "learningrate", "epoch_learning_rate", "epoch_lr", "lr/train"]);

/** Whether another program logged it. */
export function isForeign({ foreign, importedFrom }: Pick<RunRecord, "foreign" | "importedFrom">): boolean {
  return foreign === true || importedFrom !== undefined;
}

/** The series of a run; of one that another program logged, with the usual names beside its own. */
export function usualScalars({ record, scalars }: RunData): RunData["scalars"] {
  return isForeign(record) ? withUsualNames(scalars) : scalars;
}

/**
 * The series that a run's summary is of: of one that another program logged, also its losses and accuracies by epoch as
 * ours are called (`epoch/valLoss`), so that a query finds them; unless a tag of its own is called so.
 */
export function summedScalars({ record, scalars }: Pick<RunData, "record" | "scalars">): Scalars {
  if (!isForeign(record)) return scalars;
  // An epoch of another program has its place by its number alone: what was written over must not be counted before.
  const standing = new Map([...scalars].map(([tag, series]) => [tag, withoutOverwritten(series)] as const));
  const usual = [...usualNames(standing)].filter(
    ([tag]) => metricOf(tag) !== tag && !scalars.has(tag) && !scalars.has(metricOf(tag)),
  );
  return new Map([...scalars, ...usual.map(([tag, { series }]) => [tag, series] as const)]);
}

/** With every series under its own name too; a name of the rules that is there already stays what it is. */
export function withUsualNames(scalars: Scalars): Scalars {
  return new Map([
    ...[...usualNames(scalars)].map(([tag, { series }]) => [tag, series] as const),
    ...scalars,
  ]);
}

/** What a series is called in the log that the rules know by a name of their own. */
export function loggedName(scalars: Scalars, usual: string): string {
  return scalars.has(usual) ? usual : (usualNames(scalars).get(usual)?.logged ?? usual);
}

/**
 * The tag under which a run's summary has a series of another program too, and says nothing else by it: `epoch/valLoss` of
 * `Loss/val`. Means that differ from what they are made of are a metric of their own.
 */
export function summedAgain(tag: string, summary: RunRecord["summary"]): string | undefined {
  const role = roleOf(tag);
  if (!role) return undefined;
  const { metric, isValidation } = role;
  const own = metric === "loss" ? "loss" : "accuracy";
  const validated = metric === "loss" ? "valLoss" : "valAccuracy";
  const usual = tags.epoch(isValidation ? validated : own);
  const [logged, made] = [summary[tag], summary[usual]];
  if (usual === tag || !logged || !made || made.count > logged.count) return undefined;
  const facts = ({ last, min = Number.NaN, max = Number.NaN }: TagSummary) => [
    fromJsonNumber(last),
    min,
    max,
  ];
  const isMade = (divisor: number) =>
    facts(logged).every((value, i) => Object.is(value / divisor, facts(made)[i]));
  return isMade(1) || isMade(100) ? usual : undefined;
}

interface Renamed {
  readonly series: ScalarSeries;
  /** The tag in the log. */
  readonly logged: string;
}

interface Known {
  readonly scalars: Scalars;
  readonly named: ReadonlyMap<string, Renamed>;
}

/** By a run's first series: one that has no new points is the same object again. */
const known = new WeakMap<ScalarSeries, Known>();

/** Made once of the same series: a listing asks for them again and again. */
function usualNames(scalars: Scalars): ReadonlyMap<string, Renamed> {
  const [first] = scalars.values();
  if (!first) return new Map();
  const before = known.get(first);
  if (before && areSame(before.scalars, scalars)) return before.named;
  const named = foundNames(scalars);
  known.set(first, { scalars: new Map(scalars), named });
  return named;
}

function areSame(before: Scalars, scalars: Scalars): boolean {
  return before.size === scalars.size && [...scalars].every(([tag, series]) => before.get(tag) === series);
}

function foundNames(scalars: Scalars): Map<string, Renamed> {
  const roles = [...scalars].flatMap(([tag, series]) => {
    const role = roleOf(tag);
    return role ? [{ ...role, series, tag }] : [];
  });
  const named = new Map<string, Renamed>();
  for (const metric of ["loss", "accuracy"] as const) {
    const called = (isValidation: boolean) =>
      roles.filter((one) => one.metric === metric && one.isValidation === isValidation);
    const [own, val] = [perEpoch(called(false)), perEpoch(called(true))];
    const measured = val && byEpoch(val, scalars.get("epoch"));
    if (val && measured)
      named.set(tags.epoch(metric === "loss" ? "valLoss" : "valAccuracy"), {
        series: asShare(metric, measured),
        logged: val.tag,
      });
    if (own)
      named.set(tags.epoch(metric), {
        series: asShare(
          metric,
          own.every === "epoch" ? numbered(own.series) : besides(own, { val, epochs: scalars.get("epoch") }),
        ),
        logged: own.tag,
      });
    const steps = called(false).find(({ every }) => every !== "epoch");
    if (steps && metric === "loss")
      named.set(tags.train("loss"), { series: steps.series, logged: steps.tag });
  }
  const rate = [...scalars].find(([tag]) => rates.has(tag.toLowerCase().replace(/^train(?:ing)?\//, "")));
  if (rate) named.set(tags.learningRate, { series: rate[1], logged: rate[0] });
  return named;
}

type Named = Role & { readonly series: ScalarSeries; readonly tag: string };

/** The one that was logged by epoch, else one that does not say that it was logged by step. */
function perEpoch(found: readonly Named[]): Named | undefined {
  return (
    found.find(({ every }) => every === "epoch") ?? found.find(({ every }) => every === undefined) ?? found[0]
  );
}

function roleOf(tag: string): Role | undefined {
  const words = tag
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== "");
  const metrics = words.flatMap((word) => metricWords.get(word) ?? []);
  const [metric] = metrics;
  const known = (word: string) =>
    metricWords.has(word) ||
    validation.has(word) ||
    training.has(word) ||
    byStep.has(word) ||
    others.has(word) ||
    word === "epoch";
  if (metric === undefined || new Set(metrics).size > 1 || !words.every(known)) return undefined;
  const isByStep = words.some((word) => byStep.has(word));
  return {
    metric,
    isValidation: words.some((word) => validation.has(word)),
    every: words.includes("epoch") ? "epoch" : isByStep ? "step" : undefined,
  };
}

/** A validation is usually made once an epoch; where the log tells each step's epoch, the mean of each. */
function byEpoch({ series, every }: Named, epochs: ScalarSeries | undefined): ScalarSeries {
  return (every !== "epoch" && epochs && meansOf(series, epochAt(epochs))) || numbered(series);
}

/** The training's series in as many pieces as there were validations, or epochs; as it is where nothing parts it. */
function besides(
  { series }: Named,
  { val, epochs }: { readonly val: Named | undefined; readonly epochs: ScalarSeries | undefined },
): ScalarSeries {
  const ends =
    val && val.series.steps.length > 1 && val.series.steps.length < series.steps.length
      ? val.series.steps
      : undefined;
  const parts =
    (epochs && meansOf(series, epochAt(epochs))) ?? (ends && meansOf(series, firstAtOrAfter(ends)));
  return parts ?? numbered(series);
}

/** Some log accuracies in per cent. */
function asShare(metric: Role["metric"], series: ScalarSeries): ScalarSeries {
  let highest = 0;
  for (const value of series.values) if (value > highest) highest = value;
  const isPercent = metric === "accuracy" && highest > 1.5 && highest <= 100;
  return isPercent ? { ...series, values: series.values.map((value) => value / 100) } : series;
}
