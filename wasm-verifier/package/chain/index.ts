/**
 * Reads from a chain what `verify` checks: the verifying key, and the proof that a job's slot
 * or a request for a prediction was paid for.
 */
export { ChainError, type ChainErrorName } from "./error.js";
export {
  type JobQuestion,
  type PredictionQuestion,
  type Question,
  parametersOf,
  questionOf,
} from "./question.js";
export { type Files, type Reading, read } from "./read.js";
