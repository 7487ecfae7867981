import { ChainError } from "./error.js";
import { keyFile, proofFile } from "./files.js";
import type { CircuitResponse, Config, Deliver, JobResponse, SlotState } from "./messages.js";
import type { Node } from "./node.js";
import { claimParameters } from "./parameters.js";
import { findPayment } from "./payment.js";
import type { JobQuestion } from "./question.js";
import type { Files } from "./read.js";

/** What to do about a slot that nothing was delivered for. */
const STATES: Record<string, string> = {
  open: "nobody has accepted it yet: come back when it is paid",
  accepted: "its worker hasn't the data yet: come back when it is paid",
  started: "its worker hasn't delivered yet: come back when it is paid",
  cancelled: "it was cancelled before anyone delivered: there is no proof",
  refunded: "its worker didn't deliver in time: there is no proof",
};

/** Reads the key and the proof of a job's slot. */
export async function readJob(node: Node, question: JobQuestion): Promise<Files> {
  const { jobs: contract, job, slot } = question;
  const config = await node.query<Config>(contract, { config: {} });
  const { terms, slots } = await node.query<JobResponse>(contract, { job: { job } });
  const { worker, blob, parameters } = paid(question, slots);
  const id = terms.circuit;
  const circuit = await node.query<CircuitResponse>(config.circuit_registry.address, { circuit: { id } });
  const { message, ...place } = await findPayment<Deliver>(node, {
    contract,
    name: "deliver",
    fields: { job, slot },
    attributes: { job_id: job, slot },
  });
  const claim = {
    kind: circuit.kind,
    dataset: terms.commitment,
    ...(await claimParameters(node, config.model_store.address, circuit.kind, blob, parameters)),
  };
  const assignment = { chain_id: node.chainId, contract, job, slot, payee: worker };
  return {
    key: keyFile(id, circuit),
    proof: proofFile(claim, id, assignment, message.proof),
    ...place,
  };
}

/** What a slot was paid for. */
function paid({ job, slot }: JobQuestion, slots: { state: SlotState }[]) {
  const state = slots[slot]?.state;
  if (state === undefined) {
    throw new ChainError("contract", `Job ${job} has slots 0 to ${slots.length - 1}, not ${slot}: choose one of them.`);
  }
  if ("paid" in state) {
    return state.paid;
  }
  const [name = ""] = Object.keys(state);
  throw new ChainError("not_delivered", `Slot ${slot} of job ${job}: ${STATES[name] ?? "it isn't paid"}.`);
}
