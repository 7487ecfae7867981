import { fromBase64, toHex } from "@cosmjs/encoding";
import { ChainError } from "./error.js";
import type { BlobResponse, Kind, PublicParameters } from "./messages.js";
import type { Node } from "./node.js";

/** As many bytes as a proof file holds, in digits and with the rest. */
const MAX_BYTES = 7 * 1024 * 1024;

/** Chunks that are asked for at a time. */
const AT_A_TIME = 8;

/** The fields of a claim about public parameters. */
export type ParametersClaim = { parameters: string } | { parameter_bytes: string };

/**
 * What a proof file says of the parameters in `blob`: their root or, where the kind has a
 * fingerprint, their bytes, from the model store.
 *
 * @throws {ChainError} `parameters` where the store has no such bytes, or too many.
 */
export async function claimParameters(
  node: Node,
  store: string,
  kind: Kind,
  blob: number,
  named: PublicParameters,
): Promise<ParametersClaim> {
  if (!kind.endsWith("_fingerprint")) {
    return { parameters: (named as { poseidon: string }).poseidon };
  }
  const { length, chunks, parameters } = await node.query<BlobResponse>(store, { blob: { blob } });
  if (!parameters) {
    throw new ChainError(
      "parameters",
      "Nobody keeps the model's parameters on the chain any more: ask the worker or the provider for the proof file, and drop it here.",
    );
  }
  if (!(length <= MAX_BYTES && chunks <= length)) {
    throw new ChainError(
      "parameters",
      `The model has ${length} bytes of parameters, more than a page checks: use \`assay verify\`.`,
    );
  }
  const digits: string[] = [];
  for (let first = 0; first < chunks; first += AT_A_TIME) {
    const indices = Array.from({ length: Math.min(AT_A_TIME, chunks - first) }, (_, i) => first + i);
    const read = indices.map((index) => node.query<string>(store, { chunk: { blob, index } }));
    digits.push(...(await Promise.all(read)).map((chunk) => toHex(fromBase64(chunk))));
  }
  return { parameter_bytes: digits.join("") };
}
