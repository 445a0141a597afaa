/** A small notebook that goes all the way: types, training, board, doctor. Its data are made in the first cell. */
export const spine = [
  `import { board, data, doctor, fit, models, sgd } from "tunelab";
const points: number[][] = [];
const classes: number[] = [];
for (let i = 0; i < 512; i++) {
  const [x, y] = [Math.sin(i * 12.9898), Math.sin(i * 78.233)];
  points.push([x, y]);
  classes.push(x * y > 0 ? 1 : 0);
}
const quadrants = data.arrays({ x: points, y: classes, validation: 128, name: "quadrants" });`,
  `const model = models.mlp({ inputShape: quadrants.inputShape, hidden: [16], classes: 2, activation: "relu" });
const run = await fit(model, quadrants, { optimizer: sgd({ learningRate: 0.1 }), epochs: 3, batchSize: 32, seed: 7, track: "spine" });
run.history.loss.length`,
  `%board run`,
  `%doctor run`,
] as const;
