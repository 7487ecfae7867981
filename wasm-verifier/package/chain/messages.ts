/**
 * The contracts' messages and answers, as far as they are read here. A node can answer
 * anything: what is taken from an answer goes into files that the verifier checks.
 */

// To be `export type { … } from` the generated types in schema/ts, once the contracts of jobs
// and of predictions have theirs.

export type Kind =
  | "training_public"
  | "training_hidden"
  | "prediction_public"
  | "prediction_hidden"
  | "training_fingerprint"
  | "prediction_fingerprint";

/** The registries that a contract was instantiated with. */
export interface Config {
  circuit_registry: { address: string };
  model_store: { address: string };
}

export interface CircuitResponse {
  id: string;
  kind: Kind;
  /** Its canonical JSON. */
  spec: string;
  constraint_system: string;
  /** In base64. */
  verifying_key: string;
  setup: object;
}

/** What names parameters that everyone can read. */
export type PublicParameters = { poseidon: string } | { sha256: string };

export interface BlobResponse {
  length: number;
  chunks: number;
  parameters?: PublicParameters | null;
}

export interface ModelResponse {
  schema: string;
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
