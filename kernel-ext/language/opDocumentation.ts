/**
 * What an op of TensorFlow.js does. Its declarations say it above a function that nobody names: `add` is a constant of
 * the type `typeof add_`, and `a.add(b)` a method that is declared in another file, without a word.
 */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Position } from "./draft.js";
import { isFlat } from "./flatTypes.js";
import { hover, type OpenDraft } from "./hover.js";

interface Name {
  /** What the server says of it. */
  readonly markdown: string;
  readonly draft: OpenDraft;
  readonly position: Position;
}

/** Undefined for any other name, and for one of which something is said already. */
export async function opDocumentation(name: Name): Promise<string | undefined> {
  if (constant.test(name.markdown)) return await ofType(name);
  const method = chained.exec(name.markdown)?.[1];
  return method === undefined ? undefined : await ofMethod(method, name);
}

/** Nothing follows the block of code. */
const constant =
  /^```\w*\n(?:\(alias\) )?const [\w$.]+: [^\n]*=> [^\n]*\n(?:(?:import|export) [\w$]+\n)?```$/;
const chained = /^```\w*\n\(method\) (?:[\w$]+\.)?Tensor(?:<[^\n]*?>)?\.([\w$]+)[<(][^\n]*\n```$/;

interface Location {
  readonly uri: string;
  readonly range: { readonly start: Position };
}

/** Of `typeof add_`: what is written above `add_`. */
async function ofType({ draft, position }: Name): Promise<string | undefined> {
  const place = await ask("textDocument/typeDefinition", draft, position);
  return place && (await aboveFunction({ ...draft, file: place.file }, place.start));
}

/** The op's own file has the name of the one that adds the method; where all is in one file, it is that one. */
async function ofMethod(method: string, { draft, position }: Name): Promise<string | undefined> {
  const place = await ask("textDocument/definition", draft, position);
  const file = place?.file.replace("/public/chained_ops/", "/ops/");
  if (file === undefined || (file === place?.file && !isFlat(file))) return undefined;
  const text = await readFile(file, "utf8").catch(() => "");
  const found = new RegExp(`^((?:declare )?function )${method}_\\b`, "m").exec(text);
  if (!found?.[1]) return undefined;
  const line = text.slice(0, found.index).split("\n").length - 1;
  return await aboveFunction({ ...draft, file }, { line, character: found[1].length });
}

async function ask(
  method: string,
  { server, file }: OpenDraft,
  position: Position,
): Promise<{ file: string; start: Position } | undefined> {
  const answer = await server.ask<Location | Location[] | null>(method, file, { position });
  const place = [answer].flat()[0];
  if (!place?.uri.startsWith("file:")) return undefined;
  return { file: fileURLToPath(place.uri), start: place.range.start };
}

async function aboveFunction(file: OpenDraft, position: Position): Promise<string | undefined> {
  return /^```\w*\nfunction .*?\n```\n+(.*)$/s.exec(await hover(file, position))?.[1];
}
