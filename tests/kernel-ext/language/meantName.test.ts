import { describe, expect, it } from "vitest";
import { checkedCells } from "./checkedCells.js";

const { told } = checkedCells();

describe("a misspelt name", () => {
  it.each([
    ["of an earlier import, not a global", "modles.mlp({})", "'modles'. Did you mean 'models'?"],
    [
      "of an earlier variable, of which TypeScript knows nothing",
      "trainig + 1",
      "'trainig'. Did you mean 'training'?",
    ],
    ["of the cell itself", "const epochs = 3;\nepocs", "'epocs'. Did you mean 'epochs'?"],
    ["of a global", "consol.log(1)", "'consol'. Did you mean 'console'?"],
    ["near nothing", "zebra", "'zebra'.\n"],
    ["too short to be near", "q", "'q'.\n"],
  ])("%s", async (_what, source, expected) => {
    expect(await told("import { models } from 'tunelab';\nconst training = 1, x = 2;")).toBe("");
    expect(await told(source)).toContain(`Cannot find name ${expected}`);
  });

  it("of tunelab's that was not imported comes with its import", async () => {
    expect(await told("fti(1)")).toMatch(
      /Did you mean 'fit'\?[\s\S]*\n {2}import \{ fit \} from "tunelab" brings fit$/,
    );
    expect(await told("models.mlp({})")).toMatch(
      /'models'\.\n[\s\S]*import \{ models \} from "tunelab" brings models$/,
    );
  });

  it("of tunelab's newest too", async () => {
    expect(await told("captur((x: number) => x)")).toMatch(
      /Did you mean 'capture'\?[\s\S]*import \{ capture \} from "tunelab" brings capture$/,
    );
  });

  it.each([
    [
      "the library's very name, then the person's",
      "const run = { a: 1 }",
      "runs.a",
      /'runs'\.\n[\s\S]*\n {2}import \{ runs \} from "tunelab" brings runs; or did you mean 'run'\?$/,
    ],
    [
      "the library's, then the person's",
      "const moddls = { a: 1 }",
      "modles.a",
      /Did you mean 'models'\?[\s\S]*\n {2}import \{ models \} from "tunelab" brings models; or did you mean 'moddls'\?$/,
    ],
    [
      "the person's, then the library's",
      "const fits = { a: 1 }",
      "fitz.a",
      /Did you mean 'fits'\?[\s\S]*\n {2}or did you mean tunelab's 'fit'\? import \{ fit \} from "tunelab" brings fit$/,
    ],
    ["one that is both only once", "const fit = { a: 1 }", "fti.a", /Did you mean 'fit'\?\n.*\n.*~$/],
  ])("is offered in the order of nearness: %s", async (_what, own, source, expected) => {
    expect(await told(own)).toBe("");
    expect(await told(source)).toMatch(expected);
  });
});
