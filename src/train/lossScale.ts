/**
 * What the loss is multiplied by, so that small gradients do not vanish in float16: as large as overflows allow. It
 * moves as that of `torch.amp.GradScaler`, to the last bit.
 */
import type { LossScalePlan } from "./lossScaleOption.js";

/** What a resumed training needs of it. */
export interface LossScaleState {
  readonly value: number;
  /** Updates since it last moved, none of which overflowed. */
  readonly sound: number;
}

/** Invariant: the value is one of float32's, since steps are fed it in float32. */
export class LossScale {
  readonly #plan: LossScalePlan;
  #value: number;
  #sound = 0;

  constructor(plan: LossScalePlan) {
    this.#plan = plan;
    this.#value = Math.fround(plan.initial);
  }

  /** Of the next update. */
  get value(): number {
    return this.#value;
  }

  get state(): LossScaleState {
    return { value: this.#value, sound: this.#sound };
  }

  set state({ value, sound }: LossScaleState) {
    this.#value = value;
    this.#sound = sound;
  }

  /** @param finite whether all gradients of the update were */
  observe(finite: boolean): void {
    const { moves } = this.#plan;
    if (!moves) return;
    this.#sound = finite ? this.#sound + 1 : 0;
    if (!finite) this.#value = Math.fround(this.#value * moves.backoffFactor);
    else if (this.#sound === moves.growthInterval) {
      const grown = Math.fround(this.#value * moves.growthFactor);
      if (Number.isFinite(grown)) this.#value = grown;
      this.#sound = 0;
    }
  }
}
