/**
 * A board as one self-contained page: libraries, program and data inlined, nothing asked of the network (its
 * Content-Security-Policy forbids it).
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { escapeHtml } from "../base/table.js";
import type { BoardData } from "./content.js";
import type { BoardSettings } from "./options.js";
import { pageData } from "./pageData.js";
import { pageStyle } from "./pageStyle.js";

const policy =
  "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; img-src data: blob:; connect-src data:";

/** Beside the packages' main files. */
const libraries = [
  ["vega", "vega.min.js"],
  ["vega-lite", "vega-lite.min.js"],
  ["vega-embed", "vega-embed.min.js"],
] as const;

export function page(data: BoardData, settings: BoardSettings): string {
  const names = [...data.sweeps.map((sweep) => sweep.name), ...data.runs.map((run) => run.label)];
  const title = `${names.slice(0, 3).join(", ")}${names.length > 3 ? ` and ${names.length - 3} more` : ""} · tunelab board`;
  const scripts = [...libraries.map(libraryText), program()];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<style>${pageStyle}</style>
</head>
<body>
<script type="application/json" id="board-data">${inScript(JSON.stringify(pageData(data, settings)))}</script>
${scripts.map((script) => `<script>${withoutEndTag(script)}</script>`).join("\n")}
</body>
</html>
`;
}

function libraryText([name, file]: (typeof libraries)[number]): string {
  const main = createRequire(import.meta.url).resolve(name);
  return readFileSync(join(dirname(main), file), "utf8");
}

/** JSON that no tag can end: `<` only ever stands inside its strings. */
function inScript(json: string): string {
  return json.replaceAll("<", "\\u003c");
}

function withoutEndTag(script: string): string {
  return script.replace(/<\/(script)/gi, "<\\/$1").replace(/\/\/# sourceMappingURL=.*$/m, "");
}

/** The page's own program in one piece, as the build made it of `web/`. The libraries stay global. */
function program(): string {
  const compiled = !import.meta.url.endsWith(".ts");
  const file = compiled ? "./web/program.js" : "../../dist/src/board/web/program.js";
  return readFileSync(new URL(file, import.meta.url), "utf8");
}
