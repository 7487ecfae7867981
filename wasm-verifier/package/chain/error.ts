/** The names of all errors; they never change. */
export type ChainErrorName =
  /** What was asked for makes no sense. */
  | "question"
  /** The endpoint doesn't answer, or doesn't let this page read its answers. */
  | "unreachable"
  /** What answers isn't a node, or not one that can be used for this. */
  | "node"
  /** There is no such contract, or it refuses the question. */
  | "contract"
  /** Nothing was delivered or answered, or not yet. */
  | "not_delivered"
  /** The node doesn't have the transaction that the proof is in. */
  | "no_transaction"
  /** The proof isn't a message of its own in its transaction. */
  | "inside"
  /** The parameters aren't on the chain any more, or are too long to be checked here. */
  | "parameters";

/** Why nothing was read. The message is one sentence that says what to do. */
export class ChainError extends Error {
  override readonly name: ChainErrorName;

  constructor(name: ChainErrorName, message: string) {
    super(message);
    this.name = name;
  }
}

/** The most characters of a node's own words in a message. */
const MAX_QUOTED = 300;

/** A node's own words, on one line. */
export function quoted(words: unknown): string {
  const line = String(words).replaceAll(/\s+/g, " ").trim();
  return line.length > MAX_QUOTED ? `${line.slice(0, MAX_QUOTED)}…` : line;
}
