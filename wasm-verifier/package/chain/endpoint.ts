import type { RpcClient } from "@cosmjs/tendermint-rpc";
import { ChainError, quoted } from "./error.js";

/** How long a node may take to answer. */
const TIMEOUT_MS = 30_000;

/** The most bytes of an answer: a page of the longest transactions has fewer. */
const MAX_BYTES = 32 * 1024 * 1024;

type Execute = RpcClient["execute"];

/**
 * A CometBFT node's RPC endpoint, for cosmjs. A stranger may have chosen it: it is told no
 * more than the question, may not send anyone elsewhere, and its answers end.
 */
export class Endpoint implements RpcClient {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  async execute(request: Parameters<Execute>[0]): ReturnType<Execute> {
    const text = await this.#post(JSON.stringify(request));
    let answer;
    try {
      answer = JSON.parse(text) as { error?: { message?: unknown; data?: unknown }; result?: unknown };
    } catch {
      throw this.#notANode();
    }
    if (answer?.error) {
      const { message, data } = answer.error;
      throw new ChainError("node", `The node refuses: ${quoted(data || message)}; use another endpoint.`);
    }
    if (typeof answer?.result !== "object" || answer.result === null) {
      throw this.#notANode();
    }
    return { jsonrpc: "2.0", id: request.id, result: answer.result };
  }

  disconnect(): void {}

  async #post(body: string): Promise<string> {
    try {
      const response = await fetch(this.#url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body,
        signal: AbortSignal.timeout(TIMEOUT_MS),
        redirect: "error",
        credentials: "omit",
        referrerPolicy: "no-referrer",
        cache: "no-store",
      });
      return await text(response);
    } catch (error) {
      if (error instanceof ChainError) {
        throw error;
      }
      throw new ChainError(
        "unreachable",
        `${this.#url} can't be reached, or doesn't let web pages read it (CORS): check the address, or use another endpoint.`,
      );
    }
  }

  #notANode(): ChainError {
    return new ChainError("node", `What answers at ${this.#url} isn't a CometBFT node's RPC: check port and path.`);
  }
}

/** A body as text, of at most `MAX_BYTES`. */
async function text(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  const parts: string[] = [];
  let bytes = 0;
  const reader = response.body?.getReader();
  for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
    bytes += part.value.length;
    if (bytes > MAX_BYTES) {
      await reader?.cancel();
      throw new ChainError("node", `The node's answer has more than ${MAX_BYTES} bytes: use another endpoint.`);
    }
    parts.push(decoder.decode(part.value, { stream: true }));
  }
  return parts.join("") + decoder.decode();
}
