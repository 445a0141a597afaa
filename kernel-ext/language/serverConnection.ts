/** What is said to TypeScript's language server of the editor that this is, and what it asks of one. */
import type { ChildProcess } from "node:child_process";
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-jsonrpc/node";

/** A connection to a server that is still to be initialised with `CAPABILITIES`; undefined without pipes. */
export function serverConnection({ stdin, stdout }: ChildProcess): MessageConnection | undefined {
  if (!stdin || !stdout) return undefined;
  const connection = createMessageConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin));
  connection.onError(() => {});
  connection.onRequest((method, params) => answerServer(method, params));
  connection.listen();
  return connection;
}

/** What the server may ask of an editor: its settings. */
function answerServer(method: string, params: unknown): unknown {
  if (method !== "workspace/configuration") return null;
  const { items } = params as { items: { section?: string }[] };
  return items.map(({ section }) => (section === "editor" ? null : SETTINGS));
}

/** A completion that would also add an import has nowhere to put it; collecting them costs 100 ms and more. */
const SETTINGS = {
  suggest: { autoImports: false },
  tsserver: { automaticTypeAcquisition: { enabled: false } },
};

export const CAPABILITIES = {
  processId: process.pid,
  rootUri: null,
  capabilities: {
    textDocument: {
      diagnostic: {},
      hover: { contentFormat: ["markdown"] },
      completion: {
        contextSupport: true,
        completionItem: { documentationFormat: ["markdown"], labelDetailsSupport: true },
      },
      signatureHelp: { signatureInformation: { documentationFormat: ["markdown"] } },
    },
    workspace: { didChangeWatchedFiles: {}, configuration: true },
  },
};
