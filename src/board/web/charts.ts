/** The charts, section by section; each is drawn when it comes into sight, and anew when a setting changes. */
import { type BoardData, remarks, sections } from "../content.js";
import type { Spec } from "../inlineData.js";
import { lookConfig } from "../look.js";
import type { BoardSettings } from "../options.js";
import { runColour } from "../palette.js";
import { type PanelStyle, runSelection, type Section } from "../section.js";
import { element } from "./element.js";
import { pageSize } from "./pageSize.js";

interface Embedded {
  finalize(): void;
}
declare const vegaEmbed: (place: HTMLElement, spec: object, options: object) => Promise<Embedded>;

/** Milliseconds for which the page keeps its width before the charts are drawn for it. */
const resting = 150;

/** Invariant: a place is drawn for the newest generation, or waits until it is seen. */
export class Charts {
  #settings: BoardSettings | undefined;
  #picked: ReadonlySet<string>;
  #specs = new Map<Element, Spec>();
  #drawn = new Map<Element, Embedded>();
  readonly #closed = new Set<string>();
  /** For which the charts were drawn, in pixels. */
  #width = 0;
  #resting: ReturnType<typeof setTimeout> | undefined;
  readonly #sight = new IntersectionObserver((entries) => this.#seen(entries), { rootMargin: "300px" });
  readonly #colours: ReadonlyMap<string, string>;

  constructor(
    readonly main: HTMLElement,
    readonly board: BoardData,
  ) {
    this.#picked = new Set(board.runs.map((run) => run.label));
    this.#colours = new Map(board.runs.map((run, i) => [run.label, runColour(i)]));
    new ResizeObserver(() => this.#resized()).observe(main);
  }

  show(settings: BoardSettings): void {
    this.#settings = settings;
    this.draw();
  }

  pick(picked: ReadonlySet<string>): void {
    this.#picked = picked;
    this.draw();
  }

  /** All sections anew; the page keeps its place. */
  draw(): void {
    const settings = this.#settings ?? pageSettings();
    const runs = this.board.runs.filter((run) => this.#picked.has(run.label));
    const data = { ...this.board, runs };
    this.#width = this.main.clientWidth;
    const shown = sections(data, settings, styleOf(settings, this.#width));
    for (const chart of this.#drawn.values()) chart.finalize();
    this.#drawn.clear();
    this.#specs.clear();
    this.#sight.disconnect();
    const height = this.main.offsetHeight;
    this.main.style.minHeight = `${height}px`;
    this.main.replaceChildren(
      ...remarks(data, settings).map((text) => element("p", { className: "soft", text })),
      ...(shown.length > 0
        ? shown.map((section) => this.#section(section))
        : [element("p", { className: "soft", text: "Nothing to show: no run is picked, or no tag fits." })]),
    );
    requestAnimationFrame(() => {
      this.main.style.minHeight = "";
    });
  }

  #resized(): void {
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => {
      if (this.main.clientWidth !== this.#width) this.draw();
    }, resting);
  }

  #section({ title, cards }: Section): HTMLElement {
    const places = cards.map((spec) => {
      const place = element("div", {
        className: "card",
        attributes: { role: "figure", "aria-label": titleOf(spec) },
      });
      place.style.minHeight = `${heightOf(spec)}px`;
      this.#specs.set(place, this.#own(spec));
      this.#sight.observe(place);
      return place;
    });
    const details = element("details", {
      children: [
        element("summary", { children: [element("h2", { text: title })] }),
        element("div", { className: "cards", children: places }),
      ],
    });
    details.open = !this.#closed.has(title);
    details.addEventListener("toggle", () => {
      if (details.open) this.#closed.delete(title);
      else this.#closed.add(title);
    });
    return details;
  }

  #seen(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      const spec = this.#specs.get(target);
      if (!isIntersecting || !spec) continue;
      this.#sight.unobserve(target);
      void this.#embed(target as HTMLElement, spec);
    }
  }

  async #embed(place: HTMLElement, spec: Spec): Promise<void> {
    try {
      const chart = await vegaEmbed(place, spec, {
        renderer: "svg",
        actions: { export: true, source: false, compiled: false, editor: false },
      });
      place.style.minHeight = "";
      if (this.#specs.get(place) === spec) this.#drawn.set(place, chart);
      else chart.finalize();
    } catch (error) {
      place.replaceChildren(
        element("p", { text: `This chart could not be drawn: ${(error as Error).message}` }),
      );
    }
  }

  /** A chart of its own: the runs' colours stay theirs whichever are picked; their names stand at the left. */
  #own(spec: Spec): Spec {
    return {
      ...(this.#coloured(spec) as Spec),
      config: theme(),
      background: colourOf("--card"),
      autosize: { type: "pad", contains: "padding" },
    };
  }

  #coloured(spec: Spec): Spec {
    const encoding = spec.encoding as Record<string, Spec> | undefined;
    if (encoding?.color?.field !== "run" || !Array.isArray(spec.layer)) return spec;
    const domain = (encoding.color.scale as { domain: string[] }).domain;
    const scale = { domain, range: domain.map((label) => this.#colours.get(label)) };
    const select = { name: runSelection, select: { type: "point", fields: ["run"] } };
    return {
      ...spec,
      encoding: { ...encoding, color: { ...encoding.color, scale, legend: null } },
      layer: spec.layer.map((layer: Spec) =>
        String(layer.name).endsWith("_runs") ? { ...layer, params: [select] } : layer,
      ),
    };
  }
}

function pageSettings(): BoardSettings {
  const source = document.getElementById("board-data")?.textContent ?? "";
  return (JSON.parse(source) as { settings: BoardSettings }).settings;
}

function styleOf({ smoothing, x, y }: BoardSettings, width: number): PanelStyle {
  return { smoothing, x, y, ...pageSize(width), points: 1000, histogramSteps: 51, interactive: true };
}

function titleOf(spec: Spec): string {
  return String((spec.title as { text?: string } | undefined)?.text ?? "chart");
}

function heightOf(spec: Spec): number {
  return typeof spec.height === "number" ? spec.height + 70 : 120;
}

function colourOf(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** Colours of texts as the page has them now. */
function theme(): Spec {
  const [text, soft, line] = ["--text", "--soft", "--line"].map(colourOf);
  return {
    font: "system-ui, Segoe UI, Helvetica, Arial, sans-serif",
    view: { stroke: null },
    style: lookConfig({ ink: text ?? "", ground: colourOf("--card") }).style,
    axis: {
      labelColor: soft,
      titleColor: soft,
      domainColor: line,
      tickColor: line,
      gridColor: line,
      titleFontWeight: "normal",
      labelFontSize: 11,
      titleFontSize: 11,
    },
    title: { color: text, subtitleColor: soft, anchor: "start", frame: "group", fontSize: 12 },
    legend: { labelColor: text, titleColor: soft },
  };
}
