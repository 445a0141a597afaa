/** A model's graph as TensorBoard's page of graphs wants it: an event of its own with a GraphDef. */
import { event } from "./eventFields.js";
import { encodeGraph, type GraphNode } from "./graphDefinition.js";
import { ProtoMessage } from "./protobuf.js";
import { eventRecord } from "./summaryEvent.js";

export function graphEvent(nodes: readonly GraphNode[], wallTime: number): Buffer {
  return eventRecord(
    new ProtoMessage().double(event.wallTime, wallTime).bytes(event.graph, encodeGraph(nodes)),
  );
}
