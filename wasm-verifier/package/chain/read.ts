import { ChainError, quoted } from "./error.js";
import { readJob } from "./job.js";
import { Node } from "./node.js";
import type { Question } from "./question.js";
import { readRequest } from "./request.js";

/** The files that are checked, as a chain has them, and where their proof was found. */
export interface Files {
  /** The text of a `verifying.key`. */
  key: string;
  /** The text of a `proof.json`. */
  proof: string;
  /** The hash of the transaction that brought the proof. */
  transaction: string;
  /** Its block's height. */
  height: number;
}

/** What was read, and from which chain. */
export interface Reading extends Files {
  chainId: string;
}

/**
 * Reads from a chain what a job's slot or a request was paid for: the files that `verify`
 * takes. **Nothing is verified here:** the node is believed for what the chain says, until
 * `verify` has checked the proof of it.
 *
 * @throws {ChainError}
 */
export async function read(question: Question): Promise<Reading> {
  try {
    const node = await Node.connect(question.rpc);
    const files = "jobs" in question ? await readJob(node, question) : await readRequest(node, question);
    return { ...files, chainId: node.chainId };
  } catch (error) {
    if (error instanceof ChainError) {
      throw error;
    }
    // An answer of another shape than a chain's stops anywhere.
    const reason = quoted(error instanceof Error ? error.message : error);
    throw new ChainError("node", `The node's answer makes no sense (${reason}): check the addresses, or use another endpoint.`);
  }
}
