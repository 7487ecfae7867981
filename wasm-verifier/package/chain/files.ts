import { fromBase64, toHex } from "@cosmjs/encoding";
import { ChainError } from "./error.js";
import type { CircuitResponse } from "./messages.js";

/** A text that is JSON already. Parsing it and writing it again would round long numbers. */
class Json {
  constructor(readonly text: string) {}
}

/**
 * A JSON text from the chain for a file.
 *
 * @throws {ChainError} `node` where it is none, so that it can't smuggle other fields in.
 */
export function json(text: string, what: string): Json {
  try {
    JSON.parse(text);
    return new Json(text);
  } catch {
    throw new ChainError("node", `The ${what} on the chain isn't JSON: whoever registered it used something else than \`assay\`.`);
  }
}

/** The digits of bytes in base64. */
export const digits = (base64: string): string => toHex(fromBase64(base64));

function file(format: string, fields: Record<string, unknown>): string {
  const named: Record<string, unknown> = { format, version: 1, ...fields };
  const all = Object.entries(named).map(
    ([name, value]) => `  ${JSON.stringify(name)}: ${value instanceof Json ? value.text : JSON.stringify(value)}`,
  );
  return `{\n${all.join(",\n")}\n}\n`;
}

/**
 * The text of a `verifying.key`. Its id is the one that was asked for, so that the verifier,
 * which computes it, refuses what another circuit was registered as.
 */
export function keyFile(id: string, circuit: CircuitResponse): string {
  return file("assay-verifying-key", {
    id,
    kind: circuit.kind,
    spec: json(circuit.spec, "circuit's specification"),
    constraint_system: circuit.constraint_system,
    setup: circuit.setup,
    verifying_key: digits(circuit.verifying_key),
  });
}

/** What a proof on a chain is for, in the words of a proof file. */
export interface ChainAssignment {
  chain_id: string;
  contract: string;
  job?: number;
  request?: number;
  slot: number;
  payee: string;
}

/** The text of a `proof.json`. */
export function proofFile(
  claim: Record<string, unknown>,
  circuit: string,
  assignment: ChainAssignment,
  proof: string,
): string {
  return file("assay-proof", { ...claim, circuit, assignment, proof: digits(proof) });
}
