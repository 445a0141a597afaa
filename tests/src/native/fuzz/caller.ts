/** Makes one wrong call through one of four doors: the function, its gradient, its kernel, or the native op itself. */
import type { capture, tf as Tfjs } from "../../../../src/native/index.js";
import { Draw } from "./draw.js";
import { InCapture } from "./inCapture.js";
import { rightCalls } from "./rightCalls.js";
import { shown } from "./shown.js";
import { type Native, Tensors, type Tf } from "./tensors.js";
import { wrongly } from "./wrongly.js";
import { WrongOp } from "./wrongOp.js";

type RunKernel = (name: string, inputs: object, attributes: object) => unknown;

interface Tools {
  readonly tf: Tf;
  readonly binding: Native;
  readonly capture: typeof capture;
  /** Whether the calls are made inside captured functions. */
  readonly captured: boolean;
  /** Tells what is called now. */
  readonly say: (call: string) => void;
}

/** `function` calls with wrong arguments; the others call rightly, and are made wrong further inside. */
type Door = "function" | "gradient" | "kernel" | "op";

const names = Object.keys(rightCalls);

export class Caller {
  /** Ops that reached TensorFlow. */
  executed = 0;
  readonly #tools: Tools;
  readonly #executeOp: Native["executeOp"];
  readonly #runKernel: RunKernel;
  readonly #tensors: Tensors;
  readonly #wrongOp: WrongOp;
  readonly #inCapture: InCapture;
  #draw = new Draw(0);
  /** How many more calls at the door pass unchanged; undefined when none is to be changed. */
  #passing: number | undefined;
  #door: Door = "function";

  constructor(tools: Tools) {
    this.#tools = tools;
    const { tf, binding } = tools;
    this.#executeOp = binding.executeOp.bind(binding);
    this.#tensors = new Tensors(tf, binding);
    const createTensor = binding.createTensor.bind(binding);
    this.#wrongOp = new WrongOp({
      tf,
      tensors: this.#tensors,
      binding: { createTensor, executeOp: this.#executeOp },
    });
    this.#inCapture = new InCapture({ tf, capture: tools.capture, tensors: this.#tensors });
    const engine = tf.engine() as unknown as { runKernel: RunKernel };
    this.#runKernel = engine.runKernel.bind(engine);
    binding.executeOp = (...call) => this.#op(...call);
    engine.runKernel = (...call) => this.#kernel(...call);
  }

  /** @throws what the call throws. */
  call(seed: number, number: number): void {
    const { tf, say } = this.#tools;
    const draw = new Draw((seed * 1_000_003 + number * 7919) | 0);
    this.#draw = draw;
    const name = draw.pick(names);
    const right = (rightCalls[name] as (typeof rightCalls)[string])(draw);
    this.#door = draw.pick(["function", "function", "gradient", "kernel", "kernel", "op", "op", "op"]);
    const inFunction = this.#door === "function" || (this.#door === "gradient" && draw.chance(0.5));
    let given: unknown = right;
    if (inFunction) for (let i = draw.int(0, 3); i > 0; i--) given = wrongly(draw, given);
    say(`tf.${name}(${shown(given).slice(1, -1)}) by its ${this.#door}`);
    tf.tidy(() => {
      const args = (given as unknown[]).map((value) => this.#tensors.made(value));
      this.#passing = inFunction ? undefined : draw.int(0, this.#door === "gradient" ? 5 : 1);
      try {
        read(
          tf,
          this.#captured(args, (given) => this.#made(name, given)),
        );
      } finally {
        this.#passing = undefined;
      }
    });
  }

  /** Draws of its own: the call is the same with a capture around it. */
  #captured(args: unknown[], make: (args: unknown[]) => unknown): unknown {
    if (!this.#tools.captured) return make(args);
    return this.#inCapture.call(new Draw(this.#draw.int(0, 2 ** 30)), args, make);
  }

  #made(name: string, args: unknown[]): unknown {
    return this.#door === "gradient" ? this.#gradient(name, args) : functionOf(this.#tools.tf, name)(...args);
  }

  #gradient(name: string, args: unknown[]): unknown {
    const { tf } = this.#tools;
    const place = args.findIndex((value) => value instanceof tf.Tensor && value.dtype === "float32");
    const x = args[Math.max(place, 0)] as Tfjs.Tensor;
    const f = (given: Tfjs.Tensor) => {
      const y = functionOf(tf, name)(...args.map((value, i) => (i === place ? given : value)));
      return (Array.isArray(y) ? y[0] : y) as Tfjs.Tensor;
    };
    return tf.grad(f)(x);
  }

  /** Whether the call that arrives at this door is the one to be made wrong. */
  #isMine(door: Door): boolean {
    const mine =
      this.#door === door ||
      (this.#door === "gradient" && door === (this.#draw.chance(0.5) ? "op" : "kernel"));
    if (!mine || this.#passing === undefined) return false;
    if (this.#passing-- > 0) return false;
    this.#passing = undefined;
    return true;
  }

  #kernel(name: string, inputs: object, attributes: object): unknown {
    if (!this.#isMine("kernel")) return this.#runKernel(name, inputs, attributes);
    const { tf, say } = this.#tools;
    const specs = Object.fromEntries(
      Object.entries(inputs).map(([key, value]) => [key, this.#tensors.specs(value)]),
    );
    let call: unknown[] = [specs, attributes ?? {}];
    for (let i = this.#draw.int(1, 3); i > 0; i--) {
      const [wrongInputs, wrongAttributes] = call;
      const which = this.#draw.chance(0.5);
      call = which
        ? [wrongly(this.#draw, wrongInputs), wrongAttributes]
        : [wrongInputs, wrongly(this.#draw, wrongAttributes)];
    }
    say(`kernel ${name}(${shown(call).slice(1, -1)})`);
    return tf.tidy(
      () =>
        this.#runKernel(
          name,
          this.#tensors.made(call[0]) as object,
          this.#tensors.made(call[1]) as object,
        ) as Tfjs.Tensor,
    );
  }

  #op(
    ...[name, attributes, inputs, outputs]: Parameters<Native["executeOp"]>
  ): ReturnType<Native["executeOp"]> {
    this.executed++;
    if (!this.#isMine("op")) return this.#noted(this.#executeOp(name, attributes, inputs, outputs));
    const wrong = this.#wrongOp.make(this.#draw, { attributes, inputs, outputs });
    const described = wrong.inputs.map((id) => this.#described(id));
    this.#tools.say(
      `op ${name}(${described.join(", ")}) with ${shown(wrong.attributes)} and ${wrong.outputs} outputs`,
    );
    return this.#noted(this.#executeOp(name, wrong.attributes, wrong.inputs, wrong.outputs));
  }

  /** What a capture notes has no values, but a type and a shape. */
  #noted(outputs: ReturnType<Native["executeOp"]>): ReturnType<Native["executeOp"]> {
    for (const output of outputs) if (output.id < -1) this.#tensors.symbols.set(output.id, output);
    return outputs;
  }

  #described(id: number): string {
    const spec = this.#tensors.specOf(id);
    return spec ? shown(spec) : `tensor ${id}`;
  }
}

function functionOf(tf: Tf, name: string): (...args: unknown[]) => unknown {
  return name.split(".").reduce((of: unknown, part) => (of as Record<string, unknown>)[part], tf) as never;
}

/** Reads what came of it, which waits for what still runs. */
function read(tf: Tf, result: unknown): void {
  if (result instanceof tf.Tensor) result.dataSync();
  else if (result !== null && typeof result === "object")
    for (const one of Object.values(result)) read(tf, one);
}
