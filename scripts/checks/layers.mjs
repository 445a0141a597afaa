// Which folder may import which: the arrows of ARCHITECTURE.md, as data.

/** Folder of src/ → the folders of src/ it may import besides itself. A file named alone is its own layer. */
export const layers = {
  base: [],
  native: ["base"],
  optim: ["base", "native"],
  data: ["base", "native"],
  models: ["base", "native"],
  train: ["base", "native", "optim", "data", "models"],
  evaluate: ["base", "native", "data", "models", "train", "board"],
  track: ["base"],
  doctor: ["base", "track"],
  fix: ["base", "native", "optim", "data", "models", "train", "track", "doctor"],
  sweep: ["base", "track"],
  board: ["base", "track", "doctor", "sweep"],
  cli: ["base", "track", "doctor", "sweep", "board", "index.ts", "fit.ts"],
  "lrFinder.ts": ["base", "native", "optim", "data", "train", "board"],
  "layerTimes.ts": ["base", "native", "board", "costText.ts"],
  "opTimes.ts": ["base", "native", "board", "costText.ts"],
  "saveProfile.ts": ["base", "native", "track"],
  "fit.ts": [
    "base",
    "native",
    "optim",
    "data",
    "models",
    "train",
    "evaluate",
    "track",
    "doctor",
    "fix",
    "board",
  ],
};

/** What may be imported of a folder from outside it, where that is less than all. */
export const doors = [
  {
    of: "src/sweep/",
    by: "src/board/",
    only: /^src\/sweep\/(distribution|findSweeps|importances|readSweep|rungDecisions|sweepRecord|trialRecord)\.ts$/,
  },
  { of: "src/doctor/", by: "src/board/", only: /^src\/doctor\/index\.ts$/ },
  { of: "src/train/", by: "src/sweep/", only: /^src\/train\/seams\.ts$/ },
  // Of the library as a whole, of small functions that both need, and of a thread by its messages.
  {
    of: "src/",
    by: "kernel-ext/",
    only: /^src\/(index|base\/(boardKinds|durationText|editDistance|escapeHtml|filterStart|libraryFrames|nearestName|processStat|wrongFolder)|board\/render\/thread)\.ts$/,
  },
];

/** In kernel-ext nobody imports the front, which never runs a person's code; wire knows only itself. */
export const kernelLayers = {
  wire: [],
  language: ["magics"],
  magics: ["language", "session"],
  session: ["language", "magics"],
  kernelspec: [],
  front: ["wire", "language", "magics", "session"],
};

/**
 * The imports that go against the arrows, each as one sentence.
 * @param {import("./importGraph.mjs").Import[]} imports
 * @returns {string[]}
 */
export function findTrespasses(imports) {
  return imports.filter(({ to }) => /^(src|kernel-ext)\//.test(to)).flatMap((one) => trespass(one) ?? []);
}

/** @param {import("./importGraph.mjs").Import} one */
function trespass({ from, to, line }) {
  const door = doors.find(({ of, by }) => to.startsWith(of) && from.startsWith(by));
  if (door)
    return door.only.test(to)
      ? undefined
      : `${from}:${line} imports ${to}, past the door ${door.only.source}`;
  const [fromRoot, fromLayer] = layerOf(from);
  const [toRoot, toLayer] = layerOf(to);
  if (fromRoot === "src" && toRoot === "kernel-ext")
    return `${from}:${line} imports ${to}; the library knows no kernel`;
  if (fromLayer === toLayer || from === "src/index.ts") return undefined;
  const table = /** @type {Record<string, string[]>} */ (fromRoot === "src" ? layers : kernelLayers);
  const allowed = table[fromLayer];
  if (!allowed) return `${from}:${line} lies in no known layer; add it to scripts/checks/layers.mjs`;
  return allowed.includes(toLayer)
    ? undefined
    : `${from}:${line} imports ${to}; ${fromLayer} may import ${allowed.join(", ") || "nothing"}`;
}

/**
 * The root and the layer of a file. Where training, tracker and doctor meet is one layer in several files: fit*.ts;
 * so is the range test of rates: lrFind*.ts.
 * @param {string} file
 * @returns {[string, string]}
 */
function layerOf(file) {
  const [root = "", layer = ""] = file.split("/");
  const meeting = /^(fit|lrFind)\w*\.ts$/.exec(layer)?.[1];
  return [root, meeting === undefined ? layer : meeting === "fit" ? "fit.ts" : "lrFinder.ts"];
}
