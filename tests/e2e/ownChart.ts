/** A cell that shows a chart of the person's own, in Vega-Lite and by a MIME bundle. */
export const ownChart = `const lossesByEpoch = [{ epoch: 1, loss: 0.9 }, { epoch: 2, loss: 0.4 }];
({
  toMimeBundle: () => ({
    "application/vnd.vegalite.v5+json": {
      $schema: "https://vega.github.io/schema/vega-lite/v5.json",
      title: "own losses",
      data: { values: lossesByEpoch },
      layer: [{ mark: "line" }, { mark: { type: "text", dy: -8 }, encoding: { text: { field: "loss" } } }],
      encoding: {
        x: { field: "epoch", type: "ordinal", title: "own epochs" },
        y: { field: "loss", type: "quantitative", title: "loss (nats)" },
      },
    },
  }),
});`;
