import { expect, test } from "vitest";
import { nearestTags } from "../../../src/base/nearestTags.js";

const tags = ["train/loss", "train/accuracy", "epoch/valLoss", "cost"];

test.each([
  ["trian/loss", ["train/loss"]],
  ["acuracy", ["train/accuracy"]],
  ["^tarin/", ["train/loss", "train/accuracy"]],
  ["^tarin/.*$", ["train/loss", "train/accuracy"]],
  ["cots$", ["cost"]],
  ["valLos", ["epoch/valLoss"]],
  ["nowhere_at_all", []],
  ["^$", []],
])("%s may have meant %j", (expression, near) => {
  expect(nearestTags(expression, tags)).toEqual(near);
});
