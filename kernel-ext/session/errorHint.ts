/** One line below an error that says what to type. */
import process from "node:process";
import { insteadOfBrowser } from "../language/insteadOfBrowser.js";
import { missingModuleHint } from "../language/missingModule.js";
import type { CellMaps } from "./cellMaps.js";
import { property } from "./property.js";

/** Where an import failed because there is no such module. */
export function missingPackageHint(error: unknown): string | undefined {
  const code = property(error, "code");
  if (code !== "ERR_MODULE_NOT_FOUND" && code !== "MODULE_NOT_FOUND") return undefined;
  const message = String(property(error, "message") ?? "");
  const [, specifier] = /^Cannot find (?:package|module) '([^']+)'/.exec(message) ?? [];
  return specifier === undefined ? undefined : missingModuleHint(specifier, process.cwd());
}

/** Where a name is not defined that browsers have: what does the same here. */
export function absentHint(error: unknown): string | undefined {
  if (property(error, "name") !== "ReferenceError") return undefined;
  const [, name = ""] = /^([\w$]+) is not defined$/.exec(String(property(error, "message") ?? "")) ?? [];
  const instead = insteadOfBrowser(name);
  return instead && `${instead}.`;
}

/**
 * `await fit(…)`, for the error of a promise that nobody awaits: the call stands where the outermost frame of a cell
 * is. `frames` are a stack's lines in the person's positions.
 */
export function awaitHint(frames: readonly string[], maps: CellMaps): string {
  const [, cell, line, column] =
    /\bcell-(-?\d+)\.tsx?:(\d+):(\d+)/.exec(
      frames.findLast((frame) => /\bcell-/.test(frame) && !/\bat async /.test(frame)) ?? "",
    ) ?? [];
  const text = maps.sourceLine(Number(cell), Number(line)) ?? "";
  const at = Number(column) - 1;
  const before = /[\w$.]*$/.exec(text.slice(0, at))?.[0] ?? "";
  const call = /^[\w$.]+(?=\()/.exec(text.slice(at))?.[0];
  if (call === undefined || /\b(?:await|new)\s+$/.test(text.slice(0, at - before.length)))
    return "Nothing waits for this promise: write await before the call that gave it.";
  return `Nothing waits for this promise: write await ${before}${call}(…).`;
}
