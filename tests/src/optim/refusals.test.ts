import { describe, expect, it } from "vitest";
import {
  adadelta,
  adafactor,
  adagrad,
  adam,
  adamax,
  adamw,
  ema,
  lamb,
  lars,
  lion,
  lookahead,
  nadam,
  radam,
  rmsprop,
  sam,
  sgd,
} from "../../../src/optim/index.js";

const all = {
  adadelta,
  adafactor,
  adagrad,
  adam,
  adamax,
  adamw,
  lamb,
  lars,
  lion,
  nadam,
  radam,
  rmsprop,
  sgd,
};

describe.each(Object.entries(all))("%s", (name, make: (options?: object) => unknown) => {
  it("refuses what it does not know or cannot take, by its own name", () => {
    const sentence = (text: string) => new RegExp(`^${name}${text}`);
    expect(() => make({ lr: 0.1 })).toThrowError(
      sentence(' needs options it knows; it was given "lr", which is lear'),
    );
    expect(() => make({ learningrate: 0.1 })).toThrowError(/the nearest is "learningRate"/);
    expect(() => make({ learningRate: -1 })).toThrowError(
      sentence("'s learningRate must be at least 0 .* is -1"),
    );
    expect(() => make({ learningRate: Number.NaN })).toThrowError(RangeError);
    expect(() => make({ learningRate: "0.1" })).toThrowError(
      sentence('\'s learningRate must be a number.*"0.1"'),
    );
    expect(() => make("0.1" as never)).toThrowError(TypeError);
    if (name === "adam") return;
    expect(() => make({ weightDecay: -0.1 })).toThrowError(sentence("'s weightDecay must be at least 0"));
    expect(() => make({ decayOn: "kernel" })).toThrowError(
      sentence('\'s decayOn needs "all", "kernels", .*"kernel"$'),
    );
    expect(() => make({ decayOn: { only: "kernel" } })).toThrowError(TypeError);
  });
});

it.each([
  [() => sgd({ momentum: 1 }), RangeError, /sgd's momentum must be at least 0 and below 1, but is 1/],
  [() => sgd({ nesterov: true }), RangeError, /nesterov needs a momentum above 0/],
  [() => sgd({ weightDecay: Number.NaN }), RangeError, /sgd's weightDecay .* but is NaN/],
  [() => sgd({ momentun: 0.9 } as never), RangeError, /the nearest is "momentum"/],
  [() => adam({ beta1: 1.5 }), RangeError, /adam's beta1 .* but is 1.5/],
  [() => adam({ epsilon: -1e-8 }), RangeError, /adam's epsilon/],
  [() => adam({ weightDecay: 0.1 } as never), RangeError, /which adamw\(\{ weightDecay \}\) has/],
  [() => adamw({ betas: [0.9, 0.99] } as never), RangeError, /which are beta1 and beta2 here/],
  [() => rmsprop({ rho: 0.9 } as never), RangeError, /which is alpha here/],
  [
    () => adafactor({ beta2Decay: 0.8 }),
    RangeError,
    /adafactor's −beta2Decay must be at least 0 .* but is -0.8/,
  ],
  [() => adafactor({ clipThreshold: 0 }), RangeError, /clipThreshold must be above 0/],
  [() => lookahead(adam(), { steps: 2.5 }), RangeError, /steps must be a whole number, but is 2.5/],
  [() => lookahead(adam(), { alpha: 1.5 }), RangeError, /alpha must be at least 0 and at most 1, but is 1.5/],
  [() => lookahead(adam(), { k: 5 } as never), RangeError, /which is steps here/],
  [() => ema(adam(), { decay: 1 }), RangeError, /ema's decay .* below 1/],
  [() => ema(ema(adam())), TypeError, /not averaged yet; it was given ema\(adam\)/],
  [() => sam(adam(), { rho: -1 }), RangeError, /sam's rho/],
  [() => sam(sam(adam())), TypeError, /one gradient a step; it was given sam\(adam\)/],
  [() => sam({ rho: 0.1 } as never), TypeError, /^sam needs an optimizer such as adam/],
  [() => ema(adam as never), TypeError, /given the function adam itself: call it, as in adam\(\)/],
] as const)("%s", (make, kind, message) => {
  expect(make).toThrowError(kind);
  expect(make).toThrowError(message);
});

it("optimisers that differ in numbers only share a structure", () => {
  expect(adam({ learningRate: 1 }).structure).toBe(adam({ beta1: 0.5 }).structure);
  expect(sgd({ momentum: 0.9 }).structure).toBe(sgd({ momentum: 0.5 }).structure);
  expect(sgd().structure).not.toBe(sgd({ momentum: 0.5 }).structure);
  expect(adam().structure).not.toBe(adamw().structure);
  expect(sam(adam()).structure).not.toBe(sam(adam(), { adaptive: true }).structure);
  expect(lookahead(adam(), { steps: 3 }).structure).toBe(lookahead(adam()).structure);
});
