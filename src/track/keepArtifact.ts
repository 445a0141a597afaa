/** Keeps a file, a folder or bytes with a run, as a new version of an artifact unless nothing changed. */
import { lstatSync, readdirSync, statSync } from "node:fs";
import { basename, join, relative, sep } from "node:path";
import { resolveHere } from "../base/workingFolder.js";
import type { ArtifactFile, ArtifactRecord } from "./artifact.js";
import { storeFile } from "./storeFile.js";

export interface ArtifactOptions {
  /** Without it, that of the file or folder. Bytes need one. */
  readonly name?: string;
  /** Names of this version beside `latest`, which the newest always has: `best`. They are taken from older versions. */
  readonly alias?: string | readonly string[];
}

export interface KeptArtifact {
  readonly artifact: ArtifactRecord;
  /** All of the run, with it, oldest first. */
  readonly artifacts: readonly ArtifactRecord[];
}

interface Into {
  readonly runFolder: string;
  /** Those that the run has. */
  readonly artifacts: readonly ArtifactRecord[];
  /** ISO 8601, UTC. */
  readonly now: string;
}

/**
 * @throws TypeError if `from` is neither path nor bytes, or an option is unknown or of the wrong kind; RangeError for a path
 *   with nothing at it, an empty folder, a link within a folder, a bad name; what the file system says.
 */
export function keepArtifact(
  from: string | Uint8Array | ArrayBuffer,
  options: ArtifactOptions,
  into: Into,
): KeptArtifact {
  checkKinds(from, options);
  const path = typeof from === "string" ? resolveHere(from) : undefined;
  const name = checkedName(options.name ?? (path === undefined ? undefined : basename(path)), "name");
  const aliases = [...new Set([options.alias ?? []].flat())].map((alias) => checkedName(alias, "alias"));
  const reserved = aliases.find((alias) => /^v\d+$/.test(alias));
  if (reserved !== undefined)
    throw new RangeError(`artifact: an alias must not look like a version; got ${JSON.stringify(reserved)}`);
  const sources = path === undefined ? [{ path: name, from: bytesOf(from) }] : filesAt(path);
  const files = sources.map((file) => ({ path: file.path, ...storeFile(into.runFolder, file.from) }));
  return withVersion(into, { name, files, aliases: ["latest", ...aliases.filter((a) => a !== "latest")] });
}

/** The same bytes as the newest version's make no new one: it gets the aliases too. */
function withVersion(
  { artifacts, now }: Into,
  { name, files, aliases }: { name: string; files: readonly ArtifactFile[]; aliases: readonly string[] },
): KeptArtifact {
  const newest = artifacts.findLast((one) => one.name === name);
  const same = newest && sameFiles(newest.files, files) ? newest : undefined;
  const artifact: ArtifactRecord = same
    ? { ...same, aliases: [...new Set([...same.aliases, ...aliases])] }
    : { name, version: (newest?.version ?? -1) + 1, aliases, files, createdAt: now };
  const others = artifacts.map((one) =>
    one.name === name ? { ...one, aliases: one.aliases.filter((alias) => !aliases.includes(alias)) } : one,
  );
  if (!same) return { artifact, artifacts: [...others, artifact] };
  return { artifact, artifacts: others.with(artifacts.indexOf(same), artifact) };
}

function sameFiles(a: readonly ArtifactFile[], b: readonly ArtifactFile[]): boolean {
  return (
    a.length === b.length && a.every(({ path, sha256 }, i) => path === b[i]?.path && sha256 === b[i]?.sha256)
  );
}

/** The file at `path`, or all files under it, by their names. */
function filesAt(path: string): { readonly path: string; readonly from: string }[] {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found)
    throw new RangeError(`artifact: there must be a file or folder at the path; at ${path} is nothing`);
  if (found.isFile()) return [{ path: basename(path), from: path }];
  if (!found.isDirectory())
    throw new RangeError(`artifact: ${path} must be a file or a folder; it is neither`);
  const files = readdirSync(path, { recursive: true, encoding: "utf8" })
    .map((inner) => join(path, inner))
    .filter((inner) => isFile(inner))
    .sort((a, b) => (a < b ? -1 : 1));
  if (files.length === 0) throw new RangeError(`artifact: a folder must hold a file; ${path} holds none`);
  return files.map((file) => ({ path: relative(path, file).split(sep).join("/"), from: file }));
}

/** A link may lead out of the folder that was meant. */
function isFile(path: string): boolean {
  const found = lstatSync(path);
  if (found.isSymbolicLink()) throw new RangeError(`artifact: a folder must hold no links; ${path} is one`);
  return found.isFile();
}

function bytesOf(from: string | Uint8Array | ArrayBuffer): Uint8Array {
  return from instanceof Uint8Array ? from : new Uint8Array(from as ArrayBuffer);
}

function checkKinds(from: unknown, options: ArtifactOptions): void {
  if (typeof from !== "string" && !(from instanceof Uint8Array) && !(from instanceof ArrayBuffer))
    throw new TypeError(
      `artifact: it must be a path or bytes (Uint8Array, ArrayBuffer); got ${from === null ? "null" : typeof from}`,
    );
  const unknown = Object.keys(options).find((name) => name !== "name" && name !== "alias");
  if (unknown !== undefined) throw new TypeError(`artifact: its options are name, alias; got ${unknown}`);
}

function checkedName(name: unknown, what: string): string {
  if (name === undefined)
    throw new TypeError(`artifact: bytes must be given a name, such as { name: "model" }`);
  if (typeof name !== "string") throw new TypeError(`artifact: ${what} must be a text; got ${typeof name}`);
  if (name === "." || name === ".." || !/^[^/\\:\0]+$/.test(name))
    throw new RangeError(`artifact: ${what} must be a text without /, \\ and :; got ${JSON.stringify(name)}`);
  return name;
}
