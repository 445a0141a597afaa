/** What IPython's magics are here, where they have another name: for who types one by habit. */

const instead: Readonly<Record<string, string>> = {
  pwd: "process.cwd() tells the folder.",
  ls: "!ls lists the folder.",
  cat: "!cat FILE shows a file.",
  mkdir: "!mkdir NAME makes a folder.",
  bash: "Begin a line with ! to run a command.",
  sh: "Begin a line with ! to run a command.",
  system: "Begin a line with ! to run a command.",
  pip: "%npm install NAME adds a package.",
  conda: "%npm install NAME adds a package.",
  run: 'import "./FILE.ts" runs a file.',
  load: 'import "./FILE.ts" runs a file.',
  load_ext: "Nothing has to be loaded: %lsmagic lists what there is.",
  autoreload: "The next import of a changed file reads it again.",
  matplotlib: "Charts are shown as they are: display(value) shows one.",
  html: 'display({ toMimeBundle: () => ({ "text/html": "…" }) }) shows HTML.',
  markdown: 'display({ toMimeBundle: () => ({ "text/markdown": "…" }) }) shows Markdown.',
  svg: 'display({ toMimeBundle: () => ({ "image/svg+xml": "…" }) }) shows a picture.',
  debug: "There is no debugger: console.log and %who help.",
  prun: "%profile tells what TensorFlow's ops cost.",
  tensorboard: "%board shows runs; the files in runs/ are TensorBoard's.",
};

/** A sentence; undefined for a name that IPython has not either, or that is the same here. */
export function insteadOf(name: string): string | undefined {
  return Object.hasOwn(instead, name) ? instead[name] : undefined;
}
