import { appendFileSync, mkdirSync, realpathSync, writeFileSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import { MagicError } from "./magicError.js";
import { defineMagic } from "./registry.js";

export const writefile = defineMagic({
  name: "writefile",
  kind: "cell",
  summary: "Writes the lines below to a file.",
  details: "A relative path stays inside the notebook's folder; for another place give an absolute one.",
  examples: ["%%writefile model.ts\nexport const units = 3;"],
  options: { append: { type: "flag", short: "a", summary: "Add to the file instead of replacing it" } },
  positionals: [{ name: "file", summary: "The file", required: true }],
  run(context, { options, positionals: [path = ""] }) {
    const file = fileInside(context.folder, path);
    const body = context.call?.body ?? "";
    const text = body === "" || body.endsWith("\n") ? body : `${body}\n`;
    mkdirSync(dirname(file), { recursive: true });
    if (options.append) appendFileSync(file, text);
    else writeFileSync(file, text);
    context.print(`${options.append ? "added" : "wrote"} ${Buffer.byteLength(text)} bytes to ${path}\n`);
  },
});

/** The file a path means. Throws a `MagicError` when a relative path leaves the folder, also through a link. */
export function fileInside(folder: string, path: string): string {
  if (isAbsolute(path)) return path;
  const home = realpathSync(folder);
  const file = resolve(home, path);
  const real = join(realExisting(dirname(file)), file.slice(dirname(file).length));
  const away = relative(home, real);
  if (away === "" || away.startsWith("..") || isAbsolute(away)) {
    throw new MagicError(
      `%%writefile keeps relative paths inside ${folder}, but was given ${path}: give an absolute path`,
    );
  }
  return file;
}

/** The real path of a folder that may not exist yet: of the part that does, with the rest after it. */
function realExisting(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    // Not there yet: its parent decides where it will be.
    return join(realExisting(dirname(folder)), folder.slice(dirname(folder).length));
  }
}
