/** Turns positions in the JavaScript of a notebook's own TypeScript files into positions in those files. */
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { CellMap } from "../language/cellMap.js";

type Transform = (file: string) => { code: string; map: string };

const require = createRequire(import.meta.url);

/** Loaded when the first stack needs it, at once: a stack cannot wait. */
function compiler(): Transform {
  return (require("./hooks/transpileLocal.js") as typeof import("./hooks/transpileLocal.js")).transformLocal;
}

const framePattern = /(file:\/\/[^\s()]+\.(?:ts|tsx|mts))\?v=[0-9a-f]+:(\d+):(\d+)/g;

/**
 * The hook thread compiled the files; here they are compiled again, only when an error's stack names one. A file that
 * changed since is mapped as it is now.
 */
export class LocalMaps {
  private readonly maps = new Map<string, CellMap>();

  /** Rewrites every `file:///…/x.ts?v=…:line:column` of a stack; the version goes from other files' names too. */
  mapText(text: string): string {
    if (!text.includes("?v=")) return text;
    const mapped = text.replace(framePattern, (frame, url: string, line: string, column: string) => {
      const place = this.mapOf(url, compiler())?.original(Number(line), Number(column));
      return place ? `${url}:${place.line}:${place.column}` : frame;
    });
    return mapped.replace(/(file:\/\/[^\s()]+)\?v=[0-9a-f]{12}\b/g, "$1");
  }

  private mapOf(url: string, transform: Transform): CellMap | undefined {
    try {
      const { map } = transform(fileURLToPath(url));
      const known = this.maps.get(map) ?? new CellMap(map);
      this.maps.set(map, known);
      return known;
    } catch {
      // The file is gone, or no longer compiles: its frame stays as it is.
      return undefined;
    }
  }
}
