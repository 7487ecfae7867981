import { ChainError } from "./error.js";
import { digits, json, keyFile, proofFile } from "./files.js";
import type {
  CircuitResponse,
  Config,
  Fulfil,
  Kind,
  ModelResponse,
  OfferResponse,
  RequestResponse,
} from "./messages.js";
import type { Node } from "./node.js";
import { claimParameters } from "./parameters.js";
import { findPayment } from "./payment.js";
import type { PredictionQuestion } from "./question.js";
import type { Files } from "./read.js";

/** Reads the key and the proof of a request's answer. */
export async function readRequest(node: Node, question: PredictionQuestion): Promise<Files> {
  const { predictions: contract, request } = question;
  const config = await node.query<Config>(contract, { config: {} });
  const asked = await node.query<RequestResponse>(contract, { request: { request } });
  const output = answer(request, asked);
  const offer = await node.query<OfferResponse>(contract, { offer: { offer: asked.offer } });
  const id = offer.terms.circuit;
  const circuit = await node.query<CircuitResponse>(config.circuit_registry.address, { circuit: { id } });
  const input = await node.query<string>(contract, { input: { request } });
  const { message, ...place } = await findPayment<Fulfil>(node, {
    contract,
    name: "fulfil",
    fields: { request },
    attributes: { request_id: request },
  });
  const claim = {
    kind: circuit.kind,
    ...(await claimModel(node, config.model_store.address, circuit.kind, offer)),
    schema_digest: offer.terms.schema,
    input: digits(input),
    output: digits(output),
  };
  const assignment = { chain_id: node.chainId, contract, request, slot: 0, payee: offer.terms.provider };
  return {
    key: keyFile(id, circuit),
    proof: proofFile(claim, id, assignment, message.proof),
    ...place,
  };
}

/** The output that a request was answered with. */
function answer(request: number, { state, output }: RequestResponse): string {
  if ("answered" in state && typeof output === "string") {
    return output;
  }
  const why =
    "reclaimed" in state
      ? "it wasn't answered in time: there is no proof"
      : "it isn't answered yet: come back when it is";
  throw new ChainError("not_delivered", `Request ${request}: ${why}.`);
}

/** What a proof file says of the model, with its schema in words. */
async function claimModel(node: Node, store: string, kind: Kind, { terms, schema }: OfferResponse) {
  if ("hidden" in terms.model) {
    const { model, commitment } = terms.model.hidden;
    const told = await node.query<ModelResponse>(store, { model: { model } });
    return { model: commitment, schema: json(told.schema, "model's schema") };
  }
  const { blob, parameters } = terms.model.public;
  return {
    ...(await claimParameters(node, store, kind, blob, parameters)),
    ...(typeof schema === "string" && { schema: json(schema, "offer's schema") }),
  };
}
