/** What may go to a client as a MIME bundle: notebooks that hold anything else can neither be saved nor executed on. */
import { inspect } from "node:util";
import { largestEvent, mostShownValues, requireShowable } from "./bounds.js";
import { type CountedJson, countedJson } from "./countedJson.js";
import { endsWith, entries, isArray, join, match, parse, stringify } from "./primordials.js";
import type { MimeData } from "./protocol.js";

/**
 * A copy of `bundle` as it can be written: texts for plain types (a list of lines is joined), any JSON value for
 * `application/json` and `…+json`. Types whose value is undefined or null are left out.
 * Throws a TypeError that names the type for any other value, a RangeError when the texts are too large to be sent, or
 * there are too many values of JSON.
 */
export function showableBundle(bundle: Readonly<Record<string, unknown>>): MimeData {
  const data: Record<string, unknown> = {};
  const length = { json: envelope, texts: 0 };
  const parts = entries(bundle);
  for (let at = 0; at < parts.length; at++) {
    const { 0: type, 1: part } = parts[at] as [string, unknown];
    if (part === undefined || part === null) continue;
    if (isJson(type)) {
      const json = jsonPart(type, part);
      length.json += json.length;
      data[type] = parse(json);
    } else {
      const text = textPart(type, part);
      length.texts += text.length;
      data[type] = text;
    }
  }
  requireShowable(length.json + length.texts);
  // What is this small need not be written to be known to fit.
  if (length.json + length.texts * mostOfOne > largestEvent) requireShowable(length.json + written(data));
  return data as MimeData;
}

/** Room for what an event says beside its bundle, in UTF-16 units. */
const envelope = 10_000;
/** So many units JSON makes of one at most: of a control character. */
const mostOfOne = 6;

/** UTF-16 units of the texts of `data` in JSON. */
function written(data: Readonly<Record<string, unknown>>): number {
  let length = 0;
  const parts = entries(data);
  for (let at = 0; at < parts.length; at++) {
    const { 0: type, 1: part } = parts[at] as [string, unknown];
    if (!isJson(type)) length += jsonLength(part as string);
  }
  return length;
}

function jsonLength(text: string): number {
  try {
    return stringify(text).length;
  } catch {
    // Longer than V8 lets a text be.
    return text.length * mostOfOne;
  }
}

function isJson(type: string): boolean {
  return type === "application/json" || endsWith(type, "+json");
}

function textPart(type: string, part: unknown): string {
  if (typeof part === "string") return part;
  if (isArray(part) && isLines(part)) return join(part, "");
  throw new TypeError(`what is shown as ${type} must be a text or a list of lines, got ${described(part)}`);
}

function isLines(part: readonly unknown[]): part is readonly string[] {
  for (let at = 0; at < part.length; at++) if (typeof part[at] !== "string") return false;
  return true;
}

/** Written once, so that no `toJSON`, getter or Proxy has a say later. */
function jsonPart(type: string, part: unknown): string {
  let counted: CountedJson;
  try {
    counted = countedJson(part, mostShownValues);
  } catch (cause) {
    throw new TypeError(`what is shown as ${type} must be JSON, got ${described(part)}`, { cause });
  }
  if (!("json" in counted)) throw new RangeError(tooMany(type, counted.longest));
  if (counted.json === undefined) {
    throw new TypeError(`what is shown as ${type} must be JSON, got ${described(part)}`);
  }
  return counted.json;
}

function tooMany(type: string, longest: number): string {
  const advice = match(/\/vnd\.vega/, type)
    ? "show a sample or aggregated values, or put the address of a file into data.url"
    : "show a part of them";
  return `what is shown as ${type} holds at most ${mostShownValues / 1e6} million values, got more, with a list of ${longest}: ${advice}`;
}

function described(part: unknown): string {
  return inspect(part, {
    depth: 0,
    maxStringLength: 100,
    maxArrayLength: 3,
    breakLength: Number.POSITIVE_INFINITY,
  });
}
