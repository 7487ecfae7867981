/**
 * The contracts' messages and answers, as far as they are read here. A node can answer
 * anything: what is taken from an answer goes into files that the verifier checks.
 */

export type { CircuitResponse, Kind } from "../messages/CircuitRegistry.types.js";
export type { InstantiateMsg as Config, JobResponse, SlotState } from "../messages/Jobs.types.js";
export type { BlobResponse, ModelResponse, PublicParameters } from "../messages/ModelStore.types.js";
export type { FixedModel, OfferResponse, RequestResponse } from "../messages/Predictions.types.js";
import type { ExecuteMsg as OfJobs } from "../messages/Jobs.types.js";
import type { ExecuteMsg as OfPredictions } from "../messages/Predictions.types.js";

/** The message that a slot is paid for. */
export type Deliver = Extract<OfJobs, { deliver: unknown }>["deliver"];

/** The message that a request is paid for. */
export type Fulfil = Extract<OfPredictions, { fulfil: unknown }>["fulfil"];
