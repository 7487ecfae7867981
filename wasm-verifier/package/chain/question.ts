import { ChainError } from "./error.js";

/** The slot of a job whose proof is looked for. */
export interface JobQuestion {
  /** The node's RPC endpoint. */
  rpc: string;
  /** Address of the contract of jobs. */
  jobs: string;
  job: number;
  /** The job's slot, from 0. */
  slot: number;
}

/** The request for a prediction whose proof is looked for. */
export interface PredictionQuestion {
  /** The node's RPC endpoint. */
  rpc: string;
  /** Address of the contract of predictions. */
  predictions: string;
  request: number;
}

/** What is to be read, from which chain. */
export type Question = JobQuestion | PredictionQuestion;

/**
 * The question in a link: `rpc`, and either `jobs`, `job` and `slot`, which is 0 where it is
 * left out, or `predictions` and `request`.
 *
 * @throws {ChainError} `question`, with what is missing or wrong.
 */
export function questionOf(parameters: URLSearchParams): Question {
  const rpc = endpoint(parameters.get("rpc"));
  const both = parameters.has("jobs") && parameters.has("predictions");
  if (both || !(parameters.has("jobs") || parameters.has("predictions"))) {
    throw new ChainError("question", "Give the address of a contract, of jobs or of predictions.");
  }
  if (parameters.has("jobs")) {
    return {
      rpc,
      jobs: address(parameters.get("jobs"), "jobs"),
      job: number(parameters.get("job"), "job"),
      slot: number(parameters.get("slot") ?? "0", "slot"),
    };
  }
  return {
    rpc,
    predictions: address(parameters.get("predictions"), "predictions"),
    request: number(parameters.get("request"), "request"),
  };
}

/** A question as a link has it. */
export function parametersOf(question: Question): URLSearchParams {
  const texts = Object.entries(question).map(([name, value]) => [name, String(value)]);
  return new URLSearchParams(texts);
}

function endpoint(text: string | null): string {
  let url: URL;
  try {
    url = new URL((text ?? "").trim());
  } catch {
    throw new ChainError("question", "Give the node's RPC endpoint, https://… or http://…");
  }
  if (!/^https?:$/.test(url.protocol) || url.username !== "" || url.password !== "") {
    throw new ChainError("question", "The RPC endpoint starts with https:// or http://, and has no password in it.");
  }
  // A content security policy can't name one.
  if (url.hostname.startsWith("[")) {
    throw new ChainError("question", "Give the RPC endpoint by a name or an IPv4 address.");
  }
  return url.href;
}

/** An address goes into a search, so nothing else may. */
function address(text: string | null, contract: string): string {
  const address = (text ?? "").trim();
  if (!/^[a-z0-9]{1,128}$/.test(address)) {
    throw new ChainError("question", `Give the address of the contract of ${contract}: small letters and digits.`);
  }
  return address;
}

function number(text: string | null, what: string): number {
  const digits = (text ?? "").trim();
  const number = Number(digits);
  if (!/^[0-9]+$/.test(digits) || !Number.isSafeInteger(number)) {
    throw new ChainError("question", `Give the number of the ${what}.`);
  }
  return number;
}
