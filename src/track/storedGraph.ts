/** A model's graph that stays in its event file until somebody asks for it. */
import { decodeGraph, type GraphNode } from "./graphDefinition.js";
import { StoredBytes } from "./storedBytes.js";

export class StoredGraph extends StoredBytes {
  /** Reads its nodes: a run's own are the layers of its model. Throws as `bytes` does, a `SyntaxError` if it is no graph. */
  nodes(): GraphNode[] {
    return decodeGraph(Buffer.from(this.bytes()));
  }
}
