/** Turns positions in the JavaScript of a notebook's own TypeScript files into positions in those files. */
import { fileURLToPath } from "node:url";
import { CellMap } from "../language/cellMap.js";

type Transform = (file: string) => { code: string; map: string };

const framePattern = /(file:\/\/[^\s()]+\.(?:ts|tsx|mts))\?v=[0-9a-f]+:(\d+):(\d+)/g;

/**
 * The hook thread compiled the files; here they are compiled again, only when an error's stack names one. A file that
 * changed since is mapped as it is now.
 */
export class LocalMaps {
  private transform: Transform | undefined;
  private readonly maps = new Map<string, CellMap>();

  /** Fetches the compiler in the background: a stack cannot wait for it. */
  prepare(): void {
    if (this.transform) return;
    import("./hooks/transpileLocal.js").then(
      ({ transformLocal }) => {
        this.transform = transformLocal;
      },
      // Without the compiler positions stay those of the JavaScript.
      () => undefined,
    );
  }

  /** Rewrites every `file:///…/x.ts?v=…:line:column` of a stack. */
  mapText(text: string): string {
    const { transform } = this;
    if (!transform || !text.includes("?v=")) return text;
    return text.replace(framePattern, (frame, url: string, line: string, column: string) => {
      const place = this.mapOf(url, transform)?.original(Number(line), Number(column));
      return place ? `${url}:${place.line}:${place.column}` : frame;
    });
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
