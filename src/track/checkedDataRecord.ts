/** Looks whether what a file holds is the record of a run's data, down to the fields that are read of it. */
import { type DataRecord, dataSchemaVersion, splitNames } from "../base/dataRecord.js";

/** @throws SyntaxError that names the file and the field which is another, Error if a newer version wrote it */
export function checkedDataRecord(value: unknown, file: string): DataRecord {
  const found = fieldsOf(value)?.schemaVersion;
  if (typeof found === "number" && found > dataSchemaVersion)
    throw new Error(`read ${file}: it must have schemaVersion ${dataSchemaVersion} or lower; got ${found}`);
  const fault = record(value, "");
  if (fault)
    throw new SyntaxError(
      `read ${file}: it must be the record of a run's data, but ${fault.at || "it"} must be ${fault.must}; got ${fault.got}`,
    );
  return value as DataRecord;
}

interface Fault {
  /** Such as `inputs[0].all.mean`; empty for the whole. */
  readonly at: string;
  readonly must: string;
  readonly got: string;
}

/** The first fault, if any. */
type Check = (value: unknown, at: string) => Fault | undefined;

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

function fault(value: unknown, at: string, must: string): Fault {
  const text = JSON.stringify(value) ?? "nothing";
  return { at, must, got: text.length > 40 ? `${text.slice(0, 40)}…` : text };
}

function is(must: string, holds: (value: unknown) => boolean): Check {
  return (value, at) => (holds(value) ? undefined : fault(value, at, must));
}

function fields(checks: Readonly<Record<string, Check>>): Check {
  return (value, at) => {
    const held = fieldsOf(value);
    if (!held) return fault(value, at, "an object");
    const parts = Object.entries(checks).map(([name, check]) =>
      check(held[name], at === "" ? name : `${at}.${name}`),
    );
    return parts.find((part) => part !== undefined);
  };
}

function list(check: Check): Check {
  return (value, at) => {
    if (!Array.isArray(value)) return fault(value, at, "a list");
    for (const [i, item] of value.entries()) {
      const found = check(item, `${at}[${i}]`);
      if (found) return found;
    }
    return undefined;
  };
}

function optional(check: Check): Check {
  return (value, at) => (value === undefined ? undefined : check(value, at));
}

const text = is("text", (value) => typeof value === "string");
const number = is("a number", Number.isFinite);
const count = is("a whole number from 0 on", (value) => Number.isSafeInteger(value) && Number(value) >= 0);

const statistics = {
  count,
  mean: number,
  std: number,
  min: number,
  max: number,
  zeros: number,
  nonFinite: count,
};

const values = {
  name: optional(text),
  shape: list(count),
  rows: count,
  sampledFrom: optional(count),
  all: fields(statistics),
  columns: list(fields({ column: count, ...statistics })),
  columnCount: count,
};

const input = fields({ ...values, dependence: list(fields({ position: count, etaSquared: number })) });

const ofClasses = fields({
  name: optional(text),
  classes: count,
  classNames: optional(list(text)),
  counts: optional(
    fields({ train: list(count), validation: optional(list(count)), test: optional(list(count)) }),
  ),
});

const ofValues = fields(values);

const target: Check = (value, at) => {
  const kind = fieldsOf(value)?.kind;
  if (kind === "classes") return ofClasses(value, at);
  return kind === "values" ? ofValues(value, at) : fault(value, at, 'of the kind "classes" or "values"');
};

const record = fields({
  schemaVersion: is("a number from 1 on", (value) => typeof value === "number" && value >= 1),
  dataset: text,
  sizes: fields(Object.fromEntries(splitNames.map((name) => [name, optional(count)]))),
  inputs: list(input),
  targets: list(target),
  noHashes: optional(text),
});
