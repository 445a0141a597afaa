// Draws the board for the README: trains two deep MLPs on MNIST, alike but for the activation, and writes
// docs/images/board.png. Run it after a build: node scripts/board-picture.mjs
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { board, data, models, sgd, fit as train } from "../dist/src/index.js";

const picture = fileURLToPath(new URL("../docs/images/board.png", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "board-picture-"));
process.env.TUNELAB_RUNS = folder;
try {
  const mnist = await data.mnist();
  const runs = [];
  for (const activation of /** @type {const} */ (["sigmoid", "relu"])) {
    const hidden = Array(6).fill(64);
    const model = models.mlp({ inputShape: mnist.inputShape, hidden, classes: 10, activation, seed: 1 });
    const track = { name: `deep-${activation}`, histograms: "gradients" };
    runs.push(
      await train(model, mnist, {
        optimizer: sgd({ learningRate: 0.1 }),
        epochs: 3,
        batchSize: 128,
        seed: 7,
        track,
      }),
    );
  }
  const tags = "epoch/|train/loss|gradientMeanAbs";
  const shown = await board(runs, { tags, kind: ["scalars", "gradients"] });
  const png = Buffer.from(String((await shown.toMimeBundle())["image/png"]), "base64");
  mkdirSync(new URL("../docs/images/", import.meta.url), { recursive: true });
  writeFileSync(picture, png);
  console.log(`${picture} (${Math.round(png.length / 1024)} KB)`);
} finally {
  rmSync(folder, { recursive: true });
}
