/**
 * Reading from a chain, in a frame: this page itself has no network, and stays as small as it
 * is for files.
 */
import { ChainError } from "../package/chain/error.ts";
import type { Question } from "../package/chain/question.ts";
import type { Reading } from "../package/chain/read.ts";

/** What the frame answers. */
export type Answer = { begun: true } | { reading: Reading } | { refusal: string };

/** How long the frame may take to begin, once it is there. */
const BEGIN_MS = 5_000;

const MISSING = "reader.html isn't beside this page, and only it reads from chains: open the page where it was published.";

/**
 * Asks the question in a frame of its own, which ends with the answer or with `signal`.
 *
 * @throws {ChainError} What is to be done; or whatever `signal` was aborted with.
 */
export async function readInFrame(question: Question, signal: AbortSignal): Promise<Reading> {
  const frame = document.createElement("iframe");
  frame.hidden = true;
  frame.title = "Reads from the chain";
  frame.src = "./reader.html";
  const { port1: port, port2 } = new MessageChannel();
  try {
    return await new Promise((resolve, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason));
      let missing: number | undefined;
      const ask = () => {
        missing = window.setTimeout(() => reject(new ChainError("unreachable", MISSING)), BEGIN_MS);
        // The frame is this page's own, whose origin on a disk has no name.
        frame.contentWindow?.postMessage(question, "*", [port2]);
      };
      frame.addEventListener("load", ask, { once: true });
      port.addEventListener("message", ({ data }: MessageEvent<Answer>) => {
        clearTimeout(missing);
        if ("reading" in data) {
          resolve(data.reading);
        } else if ("refusal" in data) {
          reject(new ChainError("node", data.refusal));
        }
      });
      port.start();
      document.body.append(frame);
    });
  } finally {
    port.close();
    frame.remove();
  }
}
