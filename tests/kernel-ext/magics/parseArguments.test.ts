import { describe, expect, it } from "vitest";
import { MagicError } from "../../../kernel-ext/magics/magicError.js";
import { parseArguments } from "../../../kernel-ext/magics/parseArguments.js";

const sweep = {
  name: "sweep",
  positionals: [
    { name: "what", summary: "what to sweep", required: true },
    { name: "parameter", summary: "p", many: true },
  ],
  options: {
    trials: { type: "integer", min: 1, default: 20, summary: "", short: "n" },
    timeout: { type: "number", min: 0, max: 10, summary: "" },
    sampler: { type: "choice", choices: ["grid", "random", "tpe"], default: "tpe", summary: "" },
    kind: { type: "list", choices: ["scalars", "histograms"], summary: "" },
    html: { type: "text", summary: "" },
    serve: { type: "integer", optionalValue: true, summary: "" },
    repeatable: { type: "flag", summary: "" },
    firstCome: { type: "flag", summary: "" },
  },
  exclusive: [["repeatable", "firstCome"]],
} as const;

const parse = (text: string) => parseArguments(sweep, text);

describe("parseArguments", () => {
  it("reads options anywhere, with = or a space, and keeps brackets and quotes together", () => {
    const args = parse(
      `train lr=log(1e-4, 1e-1) --trials 30 batch=[32, 64] --html="my board.html" 'two words' --repeatable -- --raw`,
    );
    expect(args.positionals).toEqual(["train", "lr=log(1e-4, 1e-1)", "batch=[32, 64]", "two words", "--raw"]);
    expect(args.options).toMatchObject({
      trials: 30,
      html: "my board.html",
      repeatable: true,
      firstCome: false,
      sampler: "tpe",
    });
  });

  it("fills defaults and leaves the rest undefined", () => {
    expect(parse("t").options).toEqual({
      trials: 20,
      timeout: undefined,
      sampler: "tpe",
      kind: undefined,
      html: undefined,
      serve: undefined,
      repeatable: false,
      firstCome: false,
    });
  });

  it("takes options whose value may be left out", () => {
    expect(parse("t --serve").options.serve).toBe(true);
    expect(parse("t --serve 8080").options.serve).toBe(8080);
    expect(parse("--serve train").positionals).toEqual(["train"]);
  });

  it("takes short options, lists, negative numbers as values", () => {
    expect(parse("t -n 3 --kind scalars,histograms").options).toMatchObject({
      trials: 3,
      kind: ["scalars", "histograms"],
    });
    expect(parse("t -5").positionals).toEqual(["t", "-5"]);
  });

  it("takes a value that begins with one dash, unless that is an option or the value may be left out", () => {
    expect(parse("t --html -loss,name --repeatable").options).toMatchObject({
      html: "-loss,name",
      repeatable: true,
    });
    expect(parse("t --html -x y").positionals).toEqual(["t", "y"]);
    expect(parse("t --html '--x'").options.html).toBe("--x");
    for (const flag of ["-n", "-n3", "-n=3", "--repeatable", "--raw", "--"])
      expect(() => parse(`t --html ${flag}`)).toThrow(
        "%sweep option --html requires a value, but none was given",
      );
    expect(() => parse("t --trials -x")).toThrow('requires a whole number ≥ 1, but was given "-x"');
    expect(() => parse("t --serve -x")).toThrow("%sweep has no option -x");
  });

  it.each([
    ["t --trails 3", "%sweep has no option --trails. Did you mean --trials?"],
    ["t --trials", "%sweep option --trials requires a whole number ≥ 1, but none was given"],
    ["t --trials x", '%sweep option --trials requires a whole number ≥ 1, but was given "x"'],
    ["t --trials 1.5", '%sweep option --trials requires a whole number ≥ 1, but was given "1.5"'],
    ["t --trials 0", "%sweep option --trials requires a whole number ≥ 1, but was given 0"],
    ["t --timeout 11", "%sweep option --timeout requires a number from 0 to 10, but was given 11"],
    [
      "t --sampler rnadom",
      '%sweep option --sampler must be grid, random or tpe, but was given "rnadom". Did you mean random?',
    ],
    [
      "t --kind scalars,hist",
      'option --kind: each part must be scalars or histograms, but was given "hist". Did you mean histograms?',
    ],
    ["t --repeatable --first-come", "%sweep takes only one of --repeatable and --first-come"],
    ["t --repeatable=yes", '%sweep option --repeatable takes no value, but was given "yes"'],
    ["t --html a --html b", "%sweep option --html was given twice"],
    ["", "%sweep requires what: what to sweep"],
    ["t 'open", "%sweep was given ' that is never closed: open"],
    ["t log(1, 2", "%sweep was given ( that is never closed: log(1, 2"],
  ])("refuses %j", (text, message) => {
    expect(() => parse(text)).toThrow(MagicError);
    expect(() => parse(text)).toThrow(message);
  });

  it("hands a verbatim word through as typed, after the options", () => {
    const timeit = {
      name: "timeit",
      positionals: [{ name: "code", summary: "", verbatim: true }],
      options: { number: { type: "integer", short: "n", summary: "" } },
    } as const;
    expect(parseArguments(timeit, `-n 3 f("a b", --x)  `)).toMatchObject({
      positionals: [`f("a b", --x)`],
      options: { number: 3 },
    });
  });

  it("refuses words that nothing takes", () => {
    expect(() => parseArguments({ name: "clear" }, "now")).toThrow(
      '%clear takes no words besides its options, but was given "now"',
    );
  });
});
