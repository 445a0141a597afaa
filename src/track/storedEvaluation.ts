/** An evaluation that stays in its event file until somebody asks for it. */
import type { EvaluationContent, SparseClassification } from "../base/evaluationContent.js";
import { parseEvaluationJson } from "./evaluationJson.js";
import { StoredBytes } from "./storedBytes.js";

export class StoredEvaluation extends StoredBytes {
  /** Reads and parses it. Throws as `bytes` does, a `SyntaxError` if it is none. */
  read(): EvaluationContent | SparseClassification {
    try {
      return parseEvaluationJson(this.text());
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      throw new SyntaxError(`read ${this.file} at ${this.offset}: ${error.message}`);
    }
  }
}
