import { expect, test } from "vitest";
import { type Command, helpText, Misuse, readArguments } from "../../../src/cli/command.js";

const command: Command = {
  name: "draw",
  summary: "Draw things.",
  positionals: "THING…",
  arity: { least: 1, most: 2 },
  options: {
    wide: { type: "boolean", description: "wider" },
    smoothing: { type: "number", description: "how smooth" },
    output: { type: "string", short: "o", value: "FILE", description: "where to" },
    maximize: { type: "string", value: "METRIC", optionalValue: true, description: "what to raise" },
  },
  run: () => 0,
};

test("reads options by their description", () => {
  const { options, positionals } = readArguments(command, [
    "a",
    "--smoothing",
    "0.5",
    "-o",
    "x.html",
    "b",
    "--wide",
  ]);
  expect(positionals).toEqual(["a", "b"]);
  expect(options).toMatchObject({ smoothing: 0.5, output: "x.html", wide: true, help: undefined });
});

test("an option's value may be left out where its description says so", () => {
  expect(readArguments(command, ["a", "--maximize", "--wide"]).options).toMatchObject({
    maximize: true,
    wide: true,
  });
  expect(readArguments(command, ["a", "--maximize"]).options.maximize).toBe(true);
  expect(readArguments(command, ["a", "--maximize", "accuracy"]).options.maximize).toBe("accuracy");
});

test("a value may begin with a dash, unless it is one of the options", () => {
  const read = (...argv: string[]) => readArguments(command, ["a", ...argv]).options;
  expect(read("--output", "-loss,name", "--smoothing", "-1")).toMatchObject({
    output: "-loss,name",
    smoothing: -1,
  });
  expect(read("-o", "-x", "--wide")).toMatchObject({ output: "-x", wide: true });
  expect(read("--output=-x").output).toBe("-x");
  expect(read("--output=--wied").output).toBe("--wied");
  expect(read("--output", "-").output).toBe("-");
  expect(read("--maximize", "-3").maximize).toBe("-3");
  expect(readArguments(command, ["--wide", "--", "--output"]).positionals).toEqual(["--output"]);
});

test.each([
  [["a", "--output", "--wide"], /^--output needs a value; the option --wide stands in its place$/],
  [["a", "-o", "--smoothing=1"], /^--output needs a value; the option --smoothing=1 stands in its place$/],
  [
    ["a", "--output", "--wied"],
    /^--output needs a value; --wied looks like an option: write --output=--wied if it is meant$/,
  ],
  [["a", "-o", "--wied=3"], /^--output needs a value; --wied=3 looks like an option/],
  [["a", "--maximize", "--wied"], /Unknown option '--wied'; did you mean --wide\?/],
  [["a", "--height", "3"], /Unknown option '--height'/],
  [["a", "--smoothing", "high"], /--smoothing needs a finite number; "high" was given/],
  [["a", "--output"], /argument missing/],
  [[], /draw takes THING…; nothing was given/],
  [["a", "b", "c"], /draw takes THING…; a b c was given/],
])("%j is misuse, said in one sentence", (argv, sentence) => {
  expect(() => readArguments(command, argv)).toThrow(Misuse);
  expect(() => readArguments(command, argv)).toThrow(sentence);
});

test("help lists every option, and asking for it needs nothing else", () => {
  expect(readArguments(command, ["--help"]).help).toBe(true);
  const text = helpText(command);
  for (const part of ["tunelab draw THING… [options]", "-o, --output FILE", "--smoothing N", "-h, --help"]) {
    expect(text).toContain(part);
  }
});
