/**
 * Checks Assay's proofs, in a browser or in Node, without a network.
 *
 * `verify(key, proof)` takes two files and says what was proved; `verifyElements(key, kind,
 * elements, proof)` and, without challenges, `verify(key, statement, proof)` take bare bytes.
 * None throws over what a stranger made: the answer is a verdict.
 */
import initialise, { verify_bytes, verify_elements, verify_files } from "./bindings/verifier.js";
import { wasm } from "./bindings/wasm.js";

/** The kind of statement that a proof shows. */
export type Kind =
  | "training_public"
  | "training_hidden"
  | "prediction_public"
  | "prediction_hidden"
  | "training_fingerprint"
  | "prediction_fingerprint";

/** Something that a proof shows, in words. Texts from files are escaped. */
export interface Fact {
  /** What it is about: `kind`, `method`, `holds`, `lambda`, `gap`, `dataset`, `schema`,
   * `parameters`, `model`, `input`, `output`, `for`, `circuit`, `key` or `not shown`. */
  topic: string;
  text: string;
}

/** A public schema: what the integers of a row stand for. */
export interface Schema {
  columns: { name: string; lower: string; upper: string }[];
  label: { name: string; classes: string[] };
}

/** The chain, contract, subject, slot and payee that a proof is for. */
export interface Assignment {
  chain_id: string;
  contract: string;
  /** Of a training's proof. Numbers above 2^53 lose digits here, not in the check. */
  job?: number;
  /** Of a hidden model's registration. */
  model?: number;
  /** Of a prediction. */
  request?: number;
  slot: number;
  payee: string;
}

/** How a key was made: by one party, who could forge, or by a ceremony. */
export type Setup = { development: Record<string, never> } | { ceremony: { transcript: string } };

/** What a proof shows. All of it is computed, or bound by the statement that was proved. */
export interface Proved {
  valid: true;
  kind: Kind;
  /** Commitment to the data that was trained on. */
  dataset?: string;
  /** The data has at least so many rows. */
  minimum_rows?: number;
  /** Root of a public model's parameters. */
  parameters?: string;
  /** A public model's parameters themselves where a fingerprint binds them, in hexadecimal
   * digits. */
  parameter_bytes?: string;
  /** Commitment to a hidden model. */
  model?: string;
  schema_digest?: string;
  schema?: Schema;
  /** The input's bytes, in hexadecimal digits. */
  input?: string;
  /** The output's bytes, in hexadecimal digits. */
  output?: string;
  /** The output's integers, all rows in order. */
  output_integers?: number[];
  circuit: string;
  /** What the circuit is registered to compute. */
  spec: object;
  /** Of a certificate: the largest distance from the least objective. */
  gap?: string;
  assignment: Assignment;
  /** The statement's digest. */
  statement: string;
  setup: Setup;
  /** All of it in words. */
  facts: Fact[];
  /** What whoever relies on it is told. */
  warning?: string;
}

/** The names of errors about keys and proofs, the same as on chain. */
export type BytesRefusal =
  | "malformed_scalar"
  | "proof_length"
  | "malformed_proof"
  | "proof_kind"
  | "key_length"
  | "malformed_key"
  | "gamma_equals_delta"
  | "epsilon_equals_other"
  | "equation_fails";

/** The names of all errors; they never change. */
export type RefusalName =
  | BytesRefusal
  | "challenged_key"
  | "fingerprint"
  | "too_large"
  | "wrong_format"
  | "wrong_version"
  | "damaged"
  | "spec_refused"
  | "circuit_kind"
  | "wrong_circuit_id"
  | "other_circuit"
  | "other_kind"
  | "other_schema"
  | "schema_shape"
  | "input_length"
  | "output_length"
  | "output_range";

/** A proof that is not believed. */
export interface Refused<Name extends RefusalName = RefusalName> {
  valid: false;
  name: Name;
  /** One sentence that says what to do. */
  message: string;
  /** The file that is no good, where it is one of the two. */
  file?: "key" | "proof";
}

/** Bytes, or their hexadecimal digits. */
export type Bytes = Uint8Array | string;

let loading: Promise<unknown> | undefined;

/** Compiles the Wasm; the first check does it otherwise. */
export async function load(): Promise<void> {
  loading ??= initialise({ module_or_path: fromBase64(wasm) });
  try {
    await loading;
  } catch (error) {
    loading = undefined;
    throw error;
  }
}

/**
 * Checks a proof file under a verifying key file, as texts or parsed objects. Texts keep
 * every digit of large numbers.
 */
export function verify(key: string | object, proof: string | object): Promise<Proved | Refused>;
/**
 * Checks a proof (192 bytes) of a statement's digest (32 bytes) under a verifying key (432
 * bytes). It says nothing about what the statement is. Keys with challenges are refused
 * (`challenged_key`): whoever chose the digest could have chosen the challenges in it, and
 * with them prove what is false. `verifyElements` and the check of files compute it.
 */
export function verify(
  key: Bytes,
  statement: Bytes,
  proof: Bytes,
): Promise<{ valid: true } | Refused<BytesRefusal | "challenged_key">>;
export async function verify(
  key: string | object,
  second: string | object,
  third?: Bytes,
): Promise<{ valid: true } | Refused> {
  await load();
  const verdict =
    third === undefined
      ? verify_files(toText(key), toText(second))
      : verify_bytes(toBytes(key as Bytes), toBytes(second as Bytes), toBytes(third));
  return JSON.parse(verdict) as { valid: true } | Refused;
}

/**
 * Checks a proof (192 or, with challenges, 240 bytes) of a statement, given as its elements
 * (32 bytes each) in their order, under the verifying key (432 or 528 bytes) of a circuit of
 * this kind. Computes the statement's digest as the circuit registry's query `verify` does.
 * It says nothing about what the elements stand for. Kinds with a fingerprint are refused
 * (`fingerprint`): a file has the parameters' bytes that such a proof is checked against.
 *
 * Throws a `TypeError` for a kind that is none.
 */
export async function verifyElements(
  key: Bytes,
  kind: Kind,
  elements: readonly Bytes[],
  proof: Bytes,
): Promise<{ valid: true } | Refused<BytesRefusal | "fingerprint">> {
  await load();
  const digits = JSON.stringify(elements.map((element) => toDigits(toBytes(element))));
  const verdict = verify_elements(toBytes(key), kind, digits, toBytes(proof));
  if (verdict === undefined) {
    throw new TypeError(`${kind} is no kind of statement`);
  }
  return JSON.parse(verdict) as { valid: true } | Refused<BytesRefusal | "fingerprint">;
}

function toText(file: string | object): string {
  return typeof file === "string" ? file : JSON.stringify(file);
}

function toBytes(bytes: Bytes): Uint8Array {
  if (typeof bytes !== "string") {
    return bytes;
  }
  if (!/^([0-9a-fA-F]{2})*$/.test(bytes)) {
    throw new TypeError("bytes as a string must be an even number of hexadecimal digits");
  }
  return Uint8Array.from(bytes.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16));
}

function toDigits(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
