/**
 * A board's page: program, style and, in a page of its own, libraries and data inlined, so that such a page asks nothing
 * of the network (its Content-Security-Policy forbids it).
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { escapeHtml } from "../base/escapeHtml.js";
import type { BoardData } from "./content.js";
import type { BoardSettings } from "./options.js";
import { inScript } from "./pageBytes.js";
import { pageData } from "./pageData.js";
import { titleOf } from "./source/catalogue.js";

/** Beside the packages' main files. */
const libraries = [
  ["vega", "vega.min.js"],
  ["vega-lite", "vega-lite.min.js"],
  ["vega-embed", "vega-embed.min.js"],
] as const;

export interface DocumentParts {
  readonly title: string;
  /** Of scripts and style, where the server's policy asks for it. */
  readonly nonce?: string;
  /** Elements with the data, and what is to stand in the head. */
  readonly data: string;
  readonly head?: string;
}

/** Bytes of a page of up to so many runs. */
const most = { bytes: 3_000_000, runs: 20 } as const;

/** One self-contained page, of at most 3 MB unless it is of more than twenty runs. */
export function page(data: BoardData, settings: BoardSettings): string {
  const empty = pageWith("", data);
  const bytes = (most.bytes * Math.max(most.runs, data.runs.length)) / most.runs;
  const carried = pageData(data, settings, Math.floor(bytes) - Buffer.byteLength(empty));
  return pageWith(inScript(JSON.stringify(carried)), data);
}

function pageWith(json: string, data: BoardData): string {
  const vega = vegaLibraries();
  const policy = [
    "default-src 'none'",
    `script-src ${[program(), vega].map(sourceHash).join(" ")}`,
    "style-src 'unsafe-inline'",
    "img-src data: blob:",
    "media-src data:",
    "connect-src data:",
  ].join("; ");
  return pageDocument({
    title: `${titleOf(data)} · tunelab board`,
    head: `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    data: `<script type="application/json" id="board-data">${json}</script>
<script type="text/plain" id="vega-program">${vega}</script>`,
  });
}

export function pageDocument({ title, nonce, data, head = "" }: DocumentParts): string {
  const mark = nonce === undefined ? "" : ` nonce="${nonce}"`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
${head}
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<style${mark}>${style()}</style>
</head>
<body>
<div id="board"></div>
${data}
<script${mark}>${program()}</script>
</body>
</html>
`;
}

let vegaText: string | undefined;

/** Vega, Vega-Lite and vega-embed in one script, which make themselves global. */
export function vegaLibraries(): string {
  vegaText ??= libraries.map(libraryText).map(withoutEndTag).join(";\n");
  return vegaText;
}

function libraryText([name, file]: (typeof libraries)[number]): string {
  const main = createRequire(import.meta.url).resolve(name);
  return readFileSync(join(dirname(main), file), "utf8");
}

/** No tag can end it, nor may it open a comment in which its own end tag counts for nothing. */
function withoutEndTag(script: string): string {
  return script
    .replace(/<\/(script)/gi, "<\\/$1")
    .replace(/<!--/g, "<\\!--")
    .replace(/\/\/# sourceMappingURL=.*$/m, "");
}

/** As a policy names a script by what it says. */
function sourceHash(script: string): string {
  return `'sha256-${createHash("sha256").update(script).digest("base64")}'`;
}

const made = new Map<string, string>();

/** The page's own program in one piece, as the build made it of `web/`. */
function program(): string {
  return withoutEndTag(built("program.js"));
}

/** Its style sheet, in which no `<` stands. */
function style(): string {
  return built("program.css").replaceAll("<", "\\3c ");
}

function built(name: string): string {
  const compiled = !import.meta.url.endsWith(".ts");
  const file = compiled ? `./web/${name}` : `../../dist/src/board/web/${name}`;
  const text = made.get(name) ?? readFileSync(new URL(file, import.meta.url), "utf8");
  made.set(name, text);
  return text;
}
