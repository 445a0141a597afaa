/** Nested arguments and results of a captured function, taken apart into tensors and what stays the same. */
import { tf } from "../backend.js";
import { binding } from "../binding.js";
import { describe } from "../handles.js";
import { tensorId } from "../tensorId.js";

/** What remains of a value when its tensors are taken out. */
export type Structure =
  | { readonly kind: "tensor"; readonly index: number }
  | { readonly kind: "list"; readonly items: readonly Structure[] }
  | { readonly kind: "record"; readonly entries: readonly (readonly [string, Structure])[] }
  | { readonly kind: "value"; readonly value: unknown };

export interface Taken {
  readonly structure: Structure;
  readonly tensors: readonly tf.Tensor[];
}

/**
 * Takes a value apart.
 *
 * @param what of a value that cannot be taken apart, for the message: `argument 2`
 * @param use variables are arguments by themselves, and results by their value
 * @throws TypeError for what is neither a tensor, plain data, nor lists and records of them.
 */
export function takeApart(value: unknown, what: string, use: "argument" | "result"): Taken {
  const tensors: tf.Tensor[] = [];
  const visit = (part: unknown, path: string): Structure => {
    if (part instanceof tf.Tensor && !(use === "argument" && part instanceof tf.Variable))
      return { kind: "tensor", index: tensors.push(part) - 1 };
    if (Array.isArray(part))
      return { kind: "list", items: part.map((item, i) => visit(item, `${path}[${i}]`)) };
    if (isRecord(part)) {
      const entries = Object.entries(part).map(
        ([name, item]) => [name, visit(item, `${path}.${name}`)] as const,
      );
      return { kind: "record", entries };
    }
    if (isPlain(part) || part instanceof tf.Variable) return { kind: "value", value: part };
    // The error below tells of it. Nobody waits for what is refused, and where it fails, by waiting for values during
    // the capture, that would end the process.
    if (use === "result" && part instanceof Promise) part.catch(() => {});
    throw new TypeError(
      `a captured function takes and returns tensors, numbers, texts, booleans, and lists and records of them, but ${path} is ${nameOf(part)}${hint(part)}`,
    );
  };
  return { structure: visit(value, what), tensors };
}

/** The value again, with other tensors. */
export function putTogether(structure: Structure, tensors: readonly tf.Tensor[]): unknown {
  if (structure.kind === "tensor") return tensors[structure.index];
  if (structure.kind === "list") return structure.items.map((item) => putTogether(item, tensors));
  if (structure.kind === "value") return structure.value;
  return Object.fromEntries(structure.entries.map(([name, item]) => [name, putTogether(item, tensors)]));
}

/** Equal texts mean that one capture serves both: same types, shapes, nesting, and all that is no tensor. */
export function signatureOf({ structure, tensors }: Taken): string {
  const visit = (part: Structure): string => {
    if (part.kind === "tensor") return describeTensor(tensors[part.index] as tf.Tensor);
    if (part.kind === "list") return `[${part.items.map(visit).join(", ")}]`;
    if (part.kind === "value") return valueText(part.value);
    return `{${part.entries.map(([name, item]) => `${JSON.stringify(name)}: ${visit(item)}`).join(", ")}}`;
  };
  return visit(structure);
}

function describeTensor(tensor: tf.Tensor): string {
  return describe(binding.handle(tensorId(tensor), "a captured function"));
}

const numbers = new WeakMap<tf.Variable, number>();
let variables = 0;

function valueText(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (!(value instanceof tf.Variable)) return Object.is(value, -0) ? "-0" : `${value}`;
  const number = numbers.get(value) ?? variables++;
  numbers.set(value, number);
  return `variable ${number}`;
}

function isPlain(value: unknown): boolean {
  return value === null || ["undefined", "number", "string", "boolean", "bigint"].includes(typeof value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  // A cell of a notebook may have an Object of its own.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function nameOf(value: unknown): string {
  if (typeof value === "function") return `the function ${value.name || "without a name"}`;
  return typeof value === "object" && value !== null
    ? `a ${value.constructor?.name ?? "object"}`
    : `a ${typeof value}`;
}

function hint(value: unknown): string {
  if (ArrayBuffer.isView(value)) return ": make it a tensor";
  return value instanceof Promise
    ? ": it may not wait for anything"
    : ": let the function refer to it instead";
}
