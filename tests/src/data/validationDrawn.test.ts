import { expect, it } from "vitest";
import type { LabelledDataset } from "../../../src/data/dataset.js";
import { validationDrawn } from "../../../src/data/validationDrawn.js";

const set = (name: string) => ({ name }) as LabelledDataset;

it("loads each choice once, 5,000 by the seed 0 unless it is said", async () => {
  const asked: string[] = [];
  const load = async (validation: number, seed: number) => {
    asked.push(`${validation} ${seed}`);
    return set(asked.at(-1) as string);
  };
  const drawn = validationDrawn({ who: "data.digits", trainSize: 6000, load });
  expect(await drawn({})).toBe(await drawn({ validation: 5000, seed: 0 }));
  expect((await drawn({ validation: 10, seed: 2 })).name).toBe("10 2");
  expect(asked).toEqual(["5000 0", "10 2"]);
});

it("loads again what could not be loaded", async () => {
  let isThere = false;
  const load = async () => {
    if (!isThere) throw new RangeError("not installed");
    return set("digits");
  };
  const drawn = validationDrawn({ who: "data.digits", trainSize: 6000, load });
  await expect(drawn({})).rejects.toThrow("not installed");
  isThere = true;
  expect((await drawn({})).name).toBe("digits");
});

it.each([0, 6000, 1.5])("refuses %d of 6,000", (validation) => {
  const drawn = validationDrawn({ who: "data.digits", trainSize: 6000, load: async () => set("digits") });
  expect(() => drawn({ validation })).toThrow(
    `data.digits needs a validation size of 1 to 5999 of its 6000 training images; it was given ${validation}`,
  );
});
