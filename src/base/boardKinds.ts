/** The kinds of panels that a board has, for whoever names one: the board, the magic, the command line. */
export const boardKinds = [
  "scalars",
  "gradients",
  "histograms",
  "distributions",
  "hparams",
  "evaluation",
  "images",
  "text",
  "tables",
  "audio",
  "graph",
  "system",
] as const;

export type BoardKind = (typeof boardKinds)[number];
