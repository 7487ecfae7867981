/**
 * Reads from a chain for the page that has this document in a frame: one question, one
 * answer. Only here is there a network, and of it no more than the endpoint in the question.
 */
import { ChainError, type Question, read } from "../package/chain/index.ts";
import type { Answer } from "./frame.ts";

/** From here on nothing but this origin can be asked: a further policy can only forbid. */
function allowOnly(origin: string): void {
  const policy = document.createElement("meta");
  policy.httpEquiv = "Content-Security-Policy";
  policy.content = `connect-src ${origin}`;
  document.head.append(policy);
}

async function answer(question: Question): Promise<Answer> {
  try {
    return { reading: await read(question) };
  } catch (error) {
    if (error instanceof ChainError) {
      return { refusal: error.message };
    }
    throw error;
  }
}

addEventListener(
  "message",
  ({ source, data, ports: [port] }: MessageEvent<Question>) => {
    if (source !== parent || port === undefined) {
      return;
    }
    port.postMessage({ begun: true } satisfies Answer);
    allowOnly(new URL(data.rpc).origin);
    void answer(data).then((answer) => port.postMessage(answer));
  },
  { once: true },
);
