/**
 * The files of a JSON document, in `<its name without .json>.files/` beside it, by their SHA-256: equal ones lie there once.
 *
 * A list in the folder says which of them an export of this document made, the one that it copies now included. So the next
 * one removes those that it does not name, and no others: the folder may hold files of another document, and a person's.
 */
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { writeFileAtomic } from "../../base/atomicFile.js";
import { isFolder } from "../../base/isFolder.js";
import { copyThrough, temporaryCopy } from "../copyWhole.js";
import type { FileSink } from "./fileSink.js";

export interface FilesBeside {
  readonly sink: FileSink;
  /** When the document is there: removes what an earlier export made for it and it does not name any more. */
  readonly clean: () => void;
}

export function filesBeside(document: string): FilesBeside {
  const name = `${basename(document).replace(/\.json$/i, "")}.files`;
  const folder = join(dirname(document), name);
  const list = join(folder, listName(basename(document)));
  const made = new Set([...namesIn(list), ...namesElsewhere(folder, list)]);
  const named = new Set<string>();
  let temporary: string | undefined;
  const sink: FileSink = (from, ending) => {
    mkdirSync(folder, { recursive: true });
    if (temporary === undefined) {
      temporary = temporaryCopy();
      appendFileSync(list, `${temporary}\n`);
    }
    let file = "";
    const { bytes } = copyThrough(from, join(folder, temporary), ({ sha256 }) => {
      file = `${sha256}${ending}`;
      // Before it is there: an export that is killed leaves nothing behind that the next does not know.
      const isPersons = !made.has(file) && existsSync(join(folder, file));
      if (!isPersons && !named.has(file)) appendFileSync(list, `${file}\n`);
      if (!isPersons) made.add(file);
      return join(folder, file);
    });
    named.add(file);
    return { file: `${name}/${file}`, bytes };
  };
  return { sink, clean: () => clean({ folder, list, named }) };
}

function clean(of: {
  readonly folder: string;
  readonly list: string;
  readonly named: ReadonlySet<string>;
}): void {
  const { folder, list, named } = of;
  const made = namesIn(list);
  if (made.size === 0) return;
  const elsewhere = namesElsewhere(folder, list);
  const kept = [...made].filter((file) => named.has(file));
  for (const file of made)
    if (!named.has(file) && !elsewhere.has(file)) rmSync(join(folder, file), { force: true });
  if (kept.length > 0) writeFileAtomic(list, `${kept.join("\n")}\n`);
  else rmSync(list);
  if (readdirSync(folder).length === 0) rmdirSync(folder);
}

const listEnd = ".made";

function listName(document: string): string {
  return `.${document}${listEnd}`;
}

/** Made for other documents. */
function namesElsewhere(folder: string, list: string): Set<string> {
  if (!isFolder(folder)) return new Set();
  const lists = readdirSync(folder)
    .filter((name) => name.startsWith(".") && name.endsWith(listEnd))
    .map((name) => join(folder, name));
  return new Set(lists.filter((other) => other !== list).flatMap((other) => [...namesIn(other)]));
}

/** Only names of such files count: whatever a list says, nothing else is removed. */
function namesIn(list: string): Set<string> {
  if (!existsSync(list)) return new Set();
  const lines = readFileSync(list, "utf8").split("\n");
  return new Set(lines.filter((line) => /^(?:[0-9a-f]{64}(?:\.\w{1,16})?|\.[0-9a-f]{16}\.tmp)$/.test(line)));
}
