/**
 * The contracts' messages and answers, as far as they are read here. A node can answer
 * anything: what is taken from an answer goes into files that the verifier checks.
 */

export type { CircuitResponse, Kind } from "../messages/CircuitRegistry.types.js";
export type { BlobResponse, ModelResponse, PublicParameters } from "../messages/ModelStore.types.js";
import type { PublicParameters } from "../messages/ModelStore.types.js";

// From here on by hand, until schema/ts has the types of the contracts of jobs and of
// predictions: then to be taken from there like those above.

/** The registries that a contract was instantiated with. */
export interface Config {
  circuit_registry: { address: string };
  model_store: { address: string };
}

export type SlotState =
  | { open: object }
  | { accepted: object }
  | { started: object }
  | { paid: { worker: string; blob: number; parameters: PublicParameters } }
  | { cancelled: object }
  | { refunded: object };

export interface JobResponse {
  terms: { circuit: string; commitment: string };
  slots: { state: SlotState }[];
}

export type FixedModel =
  | { public: { blob: number; parameters: PublicParameters } }
  | { hidden: { model: number; commitment: string } };

export interface OfferResponse {
  terms: { provider: string; model: FixedModel; schema: string; circuit: string };
  /** A public model's; a hidden one's is in the model store. */
  schema?: string | null;
}

export interface RequestResponse {
  offer: number;
  state: { open: object } | { answered: object } | { reclaimed: object };
  /** In base64. */
  output?: string | null;
}

/** The message that a slot is paid for. */
export interface Deliver {
  job: number;
  slot: number;
  blob: number;
  /** In base64. */
  proof: string;
}

/** The message that a request is paid for. */
export interface Fulfil {
  request: number;
  /** In base64. */
  output: string;
  /** In base64. */
  proof: string;
}
