/**
 * A chain of one job or one request, made of a golden vector: what its contracts answer, and
 * its transactions. Tests change it before `serveNode` tells it.
 */
import { fromHex, toBase64 } from "@cosmjs/encoding";
import { MsgExecuteContract } from "cosmjs-types/cosmwasm/wasm/v1/tx";
import { Tx } from "cosmjs-types/cosmos/tx/v1beta1/tx";
import { validFiles } from "./golden.mjs";

const REGISTRY = "assay1registry";
const STORE = "assay1store";


const base64 = (digits) => toBase64(fromHex(digits));

/** A transaction as a node lists it. */
export function transaction({ messages, events, code = 0 }) {
  const any = messages.map(([contract, message]) => ({
    typeUrl: "/cosmwasm.wasm.v1.MsgExecuteContract",
    value: MsgExecuteContract.encode(
      MsgExecuteContract.fromPartial({
        sender: "assay1anyone",
        contract,
        msg: new TextEncoder().encode(JSON.stringify(message)),
      }),
    ).finish(),
  }));
  const bytes = Tx.encode(Tx.fromPartial({ body: { messages: any } })).finish();
  return {
    hash: "AB".repeat(32),
    height: "12",
    index: 0,
    tx: toBase64(bytes),
    tx_result: {
      code,
      events: events.map(([type, attributes]) => ({
        type,
        attributes: Object.entries(attributes).map(([key, value]) => ({ key, value: String(value) })),
      })),
    },
  };
}

function answers(key, proof) {
  const config = { circuit_registry: { address: REGISTRY }, model_store: { address: STORE } };
  const bytes = proof.parameter_bytes ?? "";
  // Chunks of four bytes, so that a golden model has several.
  const chunks = bytes.match(/.{1,8}/g) ?? [];
  return {
    config,
    circuit: {
      id: key.id,
      kind: key.kind,
      spec: JSON.stringify(key.spec),
      constraint_system: key.constraint_system,
      verifying_key: base64(key.verifying_key),
      setup: key.setup,
    },
    blob: { length: bytes.length / 2, chunks: chunks.length, parameters: { sha256: "00" } },
    chunks: chunks.map(base64),
    parameters: proof.parameters === undefined ? { sha256: "00" } : { poseidon: proof.parameters },
  };
}

function jobChain(key, proof) {
  const { contract, job, slot, payee } = proof.assignment;
  const { parameters, ...rest } = answers(key, proof);
  const state = { paid: { worker: payee, blob: 3, parameters } };
  return {
    ...rest,
    contract,
    question: { jobs: contract, job, slot },
    job: {
      job,
      terms: { circuit: key.id, commitment: proof.dataset },
      slots: Array.from({ length: slot + 1 }, (_, i) => ({ state: i === slot ? state : { open: {} } })),
    },
    message: { deliver: { job, slot, blob: 3, proof: base64(proof.proof) } },
    event: ["wasm-assay-deliver", { _contract_address: contract, job_id: job, slot, msg_index: 0 }],
  };
}

function predictionChain(key, proof) {
  const { contract, request, payee } = proof.assignment;
  const { parameters, ...rest } = answers(key, proof);
  const schema = JSON.stringify(proof.schema);
  const hidden = { model: 4, commitment: proof.model };
  return {
    ...rest,
    contract,
    question: { predictions: contract, request },
    request: { request, offer: 2, state: { answered: {} }, output: base64(proof.output) },
    offer: {
      terms: {
        provider: payee,
        model: proof.model === undefined ? { public: { blob: 3, parameters } } : { hidden },
        schema: proof.schema_digest,
        circuit: key.id,
      },
      schema: proof.model === undefined ? schema : null,
    },
    input: base64(proof.input),
    model: { schema },
    message: { fulfil: { request, output: base64(proof.output), proof: base64(proof.proof) } },
    event: ["wasm-assay-fulfil", { _contract_address: contract, request_id: request, msg_index: 0 }],
  };
}

/** The chain of a golden vector, all true. */
export function chainOf(set) {
  const { key, proof } = validFiles(set);
  const [keyFile, proofFile] = [JSON.parse(key), JSON.parse(proof)];
  const make = proofFile.assignment.job === undefined ? predictionChain : jobChain;
  const chain = { chainId: proofFile.assignment.chain_id, ...make(keyFile, proofFile) };
  chain.transactions = [transaction({ messages: [[chain.contract, chain.message]], events: [chain.event] })];
  return chain;
}

/** What a contract answers to a question, or an error's text. */
export function answer(chain, contract, question) {
  const [[name, content]] = Object.entries(question);
  const known = {
    [chain.contract]: ["config", "job", "request", "offer", "input"],
    [REGISTRY]: ["circuit"],
    [STORE]: ["blob", "chunk", "model"],
  }[contract];
  if (known === undefined) {
    return { error: `address ${contract}: no such contract: unknown request` };
  }
  if (name === "chunk") {
    return { value: chain.chunks[content.index] };
  }
  if (!known.includes(name) || chain[name] === undefined) {
    return { error: `kind: Serialization, error: unknown variant \`${name}\`: query wasm contract failed` };
  }
  if (name === "job" && content.job !== chain.question.job) {
    return { error: `there is no job ${content.job}: use the job_id of its posting: query wasm contract failed` };
  }
  return { value: chain[name] };
}
