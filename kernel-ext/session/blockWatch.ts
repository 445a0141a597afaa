/** Notices that code of ended cells, such as a timer's callback, keeps the main thread: no cell could begin. */
import { slot } from "./interruptState.js";
import type { ControlEvent } from "./protocol.js";
import { mainThreadActivity } from "./threadActivity.js";

/** How often it looks, in milliseconds. */
const look = 500;
/** So many looks without an answer, at a thread that computes or is blocked, and it is told. */
const patience = 4;
/** Processor time between two looks, in milliseconds, that tells a thread which computes from one that waits its turn. */
const computed = 20;

/** Invariant: `blocked` and `free` are told in turns, and nothing while a cell runs. */
export class BlockWatch {
  private looks = 0;
  private asked = false;
  private beat = 0;
  private cpu = 0;
  private blocked = false;

  /**
   * @param ask has the main thread count `slot.beat` up.
   * @param tell tells the front.
   */
  constructor(
    private readonly state: Int32Array,
    private readonly ask: () => void,
    private readonly tell: (event: ControlEvent) => void,
  ) {}

  start(): void {
    setInterval(() => this.look(), look).unref();
  }

  private look(): void {
    const beat = Atomics.load(this.state, slot.beat);
    const began = [slot.begun, slot.begunUncounted].some((last) => Atomics.load(this.state, last) !== 0);
    const runs = Atomics.load(this.state, slot.running) !== 0;
    if (!began || runs || beat !== this.beat || !this.asked) {
      this.begin(beat, began && !runs);
      return;
    }
    const activity = mainThreadActivity();
    const stuck = !activity || activity.sleeping || activity.cpu - this.cpu >= computed;
    this.cpu = activity?.cpu ?? 0;
    if (stuck) this.looks++;
    if (this.looks < patience || this.blocked) return;
    this.blocked = true;
    this.tell({ type: "blocked", cell: Atomics.load(this.state, slot.code) });
  }

  /** The thread is known to be alive: from now on it may be stuck. */
  private begin(beat: number, ask: boolean): void {
    if (this.blocked) this.tell({ type: "free" });
    this.blocked = false;
    this.looks = 0;
    this.beat = beat;
    this.cpu = mainThreadActivity()?.cpu ?? 0;
    this.asked = ask;
    if (ask) this.ask();
  }
}
