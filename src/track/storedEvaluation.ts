/** An evaluation that stays in its event file until somebody asks for it. */
import type { EvaluationContent } from "../base/evaluationContent.js";
import { parseExactJson } from "../base/exactJson.js";
import { StoredBytes } from "./storedBytes.js";

export class StoredEvaluation extends StoredBytes {
  /** Reads and parses it. Throws as `bytes` does, a `SyntaxError` if it is none. */
  read(): EvaluationContent {
    const content = this.#parsed() as Partial<EvaluationContent> | null;
    if (content?.kind === "classification" || content?.kind === "regression")
      return content as EvaluationContent;
    throw new SyntaxError(
      `read ${this.file} at ${this.offset}: it must be an evaluation of a classification or regression; it was of ${JSON.stringify(content?.kind)}`,
    );
  }

  #parsed(): unknown {
    try {
      return parseExactJson(this.text());
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      throw new SyntaxError(`read ${this.file} at ${this.offset}: it must be JSON, but ${error.message}`);
    }
  }
}
