/** Reading from a chain in Node, by honest nodes and by others. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { verify } from "assay-verifier";
import { ChainError, parametersOf, questionOf, read } from "assay-verifier/chain";
import { chainOf, transaction } from "./fake-chain.mjs";
import { serveNode } from "./fake-node.mjs";
import { validFiles } from "./golden.mjs";

const SETS = [
  "training-public",
  "training-public-challenged",
  "training-public-fingerprint",
  "prediction-public-scores",
  "prediction-hidden-label",
  "prediction-hidden-bucket",
];

/** What is read of a chain and what the verifier says of it, or why nothing is read. */
async function outcome(chain, question = chain.question, before = undefined) {
  const node = await serveNode(chain, before);
  try {
    const reading = await read({ rpc: node.rpc, ...question });
    return { reading, verdict: await verify(reading.key, reading.proof), asked: node.asked };
  } catch (error) {
    assert.ok(error instanceof ChainError, error.stack);
    assert.doesNotMatch(error.message, /\n/);
    return { error };
  } finally {
    node.close();
  }
}

/** The name of what is wrong: no reading, or a refused proof. */
async function refusal(chain, ...rest) {
  const { error, verdict } = await outcome(chain, ...rest);
  assert.notEqual(verdict?.valid, true, "believed");
  return error?.name ?? verdict.name;
}

/** A chain that `change` was done to. */
function changed(set, change) {
  const chain = chainOf(set);
  change(chain);
  return chain;
}

for (const set of SETS) {
  test(`${set}: read from a chain, it says what its files say`, async () => {
    const { key, proof } = validFiles(set);
    const { reading, verdict } = await outcome(chainOf(set));
    assert.deepEqual(verdict, await verify(key, proof));
    assert.equal(verdict.valid, true);
    assert.deepEqual(
      [reading.chainId, reading.transaction, reading.height],
      ["assay-1", "AB".repeat(32), 12],
    );
  });
}

test("the transaction is searched for by the contract's own event", async () => {
  const { asked } = await outcome(chainOf("training-public"));
  const [search] = asked.filter(({ method }) => method === "tx_search");
  assert.equal(
    search.params.query,
    "wasm-assay-deliver._contract_address='assay1contract' AND wasm-assay-deliver.job_id='7' AND wasm-assay-deliver.slot='1'",
  );
});

/** Lies about a job, and what becomes of them. */
const LIES_ABOUT_JOBS = {
  "another circuit under the same id": [
    (chain) => Object.assign(chain.circuit, chainOf("training-public-challenged").circuit, { id: chain.circuit.id }),
    "wrong_circuit_id",
  ],
  "another circuit under its own id": [
    (chain) => Object.assign(chain.circuit, chainOf("training-public-challenged").circuit),
    "wrong_circuit_id",
  ],
  "another circuit in the terms too": [
    (chain) => {
      chain.circuit = chainOf("training-public-challenged").circuit;
      chain.job.terms.circuit = chain.circuit.id;
    },
    "proof_kind",
  ],
  "another way in which the key was made": [
    (chain) => (chain.circuit.setup = { ceremony: { transcript: "00".repeat(32) } }),
    "wrong_circuit_id",
  ],
  "another kind": [(chain) => (chain.circuit.kind = "training_fingerprint"), "circuit_kind"],
  "another specification": [
    (chain) => (chain.circuit.spec = chain.circuit.spec.replace('"rows":8', '"rows":9')),
    "wrong_circuit_id",
  ],
  "another proof": [
    (chain) => setProof(chain, chainOf("training-public-challenged").message.deliver.proof),
    "proof_kind",
  ],
  "a proof that is none": [(chain) => setProof(chain, "AAAA"), "proof_length"],
  "other parameters": [
    (chain) => (chain.job.slots[1].state.paid.parameters.poseidon = "01".padEnd(64, "0")),
    "equation_fails",
  ],
  "other data": [(chain) => (chain.job.terms.commitment = "01".padEnd(64, "0")), "equation_fails"],
  "another worker": [(chain) => (chain.job.slots[1].state.paid.worker = "assay1thief"), "equation_fails"],
  "another chain": [(chain) => (chain.chainId = "assay-2"), "equation_fails"],
  "an address with blanks": [(chain) => (chain.chainId = "assay-1 or so"), "damaged"],
};

function setProof(chain, proof) {
  chain.message.deliver.proof = proof;
  chain.transactions = [transaction({ messages: [[chain.contract, chain.message]], events: [chain.event] })];
}

for (const [lie, [change, name]] of Object.entries(LIES_ABOUT_JOBS)) {
  test(`${lie}: refused`, async () => {
    assert.equal(await refusal(changed("training-public", change)), name);
  });
}

test("other bytes of parameters: refused", async () => {
  const chunk = (chain) => (chain.chunks[1] = Buffer.from([1, 2, 3, 4]).toString("base64"));
  assert.equal(await refusal(changed("training-public-fingerprint", chunk)), "equation_fails");
  const order = (chain) => chain.chunks.reverse();
  assert.equal(await refusal(changed("training-public-fingerprint", order)), "equation_fails");
});

/** Lies about a request, and what becomes of them. */
const LIES_ABOUT_REQUESTS = {
  "another input": [(chain) => (chain.input = "AAA="), "equation_fails"],
  "another output": [(chain) => (chain.request.output = "AA=="), "equation_fails"],
  "another model": [(chain) => (chain.offer.terms.model.hidden.commitment = "01".padEnd(64, "0")), "equation_fails"],
  "another provider": [(chain) => (chain.offer.terms.provider = "assay1thief"), "equation_fails"],
  "another schema": [
    (chain) => (chain.model.schema = chain.model.schema.replace("setosa", "virginia")),
    "other_schema",
  ],
  "a schema that is none": [(chain) => (chain.model.schema = "setosa"), "node"],
  "a schema with more behind it": [(chain) => (chain.model.schema += ', "payee": "assay1thief"'), "node"],
};

for (const [lie, [change, name]] of Object.entries(LIES_ABOUT_REQUESTS)) {
  test(`${lie}: refused`, async () => {
    assert.equal(await refusal(changed("prediction-hidden-label", change)), name);
  });
}

test("a specification can't smuggle fields into the file", async () => {
  const smuggle = (chain) => (chain.circuit.spec += ', "id": "00"');
  assert.equal(await refusal(changed("training-public", smuggle)), "node");
});

/** Transactions that aren't the one, and what becomes of them. */
const TRANSACTIONS = {
  "no transaction": [() => [], "no_transaction"],
  "a transaction that failed": [
    ({ contract, message, event }) => [{ messages: [[contract, message]], events: [event], code: 5 }],
    "no_transaction",
  ],
  "a transaction without the contract's event": [
    ({ contract, message }) => [{ messages: [[contract, message]], events: [] }],
    "no_transaction",
  ],
  "an event that another contract made up": [
    ({ contract, message, event: [type, attributes] }) => [
      { messages: [[contract, message]], events: [[type, { ...attributes, _contract_address: "assay1other" }]] },
    ],
    "no_transaction",
  ],
  "an event of another job": [
    ({ contract, message, event: [type, attributes] }) => [
      { messages: [[contract, message]], events: [[type, { ...attributes, job_id: 8 }]] },
    ],
    "no_transaction",
  ],
  "a message to another contract": [
    ({ message, event }) => [{ messages: [["assay1other", message]], events: [event] }],
    "inside",
  ],
  "a message for another job": [
    ({ contract, message: { deliver }, event }) => [
      { messages: [[contract, { deliver: { ...deliver, job: 8 } }]], events: [event] },
    ],
    "inside",
  ],
  "a message for another slot": [
    ({ contract, message: { deliver }, event }) => [
      { messages: [[contract, { deliver: { ...deliver, slot: 0 } }]], events: [event] },
    ],
    "inside",
  ],
  "a message of another name": [
    ({ contract, message: { deliver }, event }) => [
      { messages: [[contract, { fulfil: deliver }]], events: [event] },
    ],
    "inside",
  ],
};

for (const [what, [make, name]] of Object.entries(TRANSACTIONS)) {
  test(`${what}: refused`, async () => {
    const chain = chainOf("training-public");
    chain.transactions = make(chain).map(transaction);
    assert.equal(await refusal(chain), name);
  });
}

test("among other messages and failed attempts the one that was paid for is found", async () => {
  const chain = chainOf("training-public");
  const { contract, message, event } = chain;
  const { deliver } = message;
  const other = { deliver: { ...deliver, job: 8, proof: "AAAA" } };
  const failed = { deliver: { ...deliver, proof: "AAAA" } };
  const elsewhere = ["assay1other", failed];
  chain.transactions = [
    transaction({ messages: [[contract, failed]], events: [event], code: 5 }),
    transaction({ messages: [[contract, other], elsewhere, [contract, null], [contract, { deliver: null }], [contract, message]], events: [event] }),
  ];
  const { verdict } = await outcome(chain);
  assert.equal(verdict.valid, true);
});

test("it is found on a later page too, and the search ends", async () => {
  const chain = chainOf("training-public");
  const [found] = chain.transactions;
  const failed = transaction({ messages: [[chain.contract, chain.message]], events: [chain.event], code: 5 });
  chain.transactions = [...Array(25).fill(failed), found];
  assert.equal((await outcome(chain)).verdict.valid, true);
  chain.transactions = Array(1000).fill(failed);
  assert.equal(await refusal(chain), "no_transaction");
});

for (const [state, words] of Object.entries({
  open: /nobody has accepted it yet/,
  accepted: /hasn't the data yet/,
  started: /hasn't delivered yet: come back/,
  cancelled: /was cancelled.*there is no proof/,
  refunded: /didn't deliver in time: there is no proof/,
})) {
  test(`a slot that is ${state} has no proof`, async () => {
    const { error } = await outcome(
      changed("training-public", (chain) => (chain.job.slots[1].state = { [state]: {} })),
    );
    assert.equal(error.name, "not_delivered");
    assert.match(error.message, words);
  });
}

for (const [state, words] of Object.entries({
  open: /isn't answered yet: come back/,
  reclaimed: /wasn't answered in time: there is no proof/,
})) {
  test(`a request that is ${state} has no proof`, async () => {
    const unanswered = { state: { [state]: {} }, output: null };
    const { error } = await outcome(
      changed("prediction-hidden-label", (chain) => Object.assign(chain.request, unanswered)),
    );
    assert.equal(error.name, "not_delivered");
    assert.match(error.message, words);
  });
}

test("what there isn't is said in one line", async () => {
  const chain = chainOf("training-public");
  const errors = await Promise.all([
    outcome(chain, { ...chain.question, job: 99 }),
    outcome(chain, { ...chain.question, slot: 9 }),
    outcome(chain, { ...chain.question, jobs: "assay1nothing" }),
    outcome(chain, { predictions: chain.contract, request: 1 }),
  ]);
  const words = [/there is no job 99/, /slots 0 to 1, not 9/, /has no contract assay1nothing/, /another contract/];
  for (const [i, { error }] of errors.entries()) {
    assert.equal(error.name, "contract");
    assert.match(error.message, words[i]);
  }
});

test("parameters that are gone or too long are said so", async () => {
  const gone = (chain) => (chain.blob.parameters = null);
  assert.equal(await refusal(changed("training-public-fingerprint", gone)), "parameters");
  const long = (chain) => (chain.blob.length = 31_457_280);
  assert.equal(await refusal(changed("training-public-fingerprint", long)), "parameters");
  const endless = (chain) => (chain.blob.chunks = 1e12);
  assert.equal(await refusal(changed("training-public-fingerprint", endless)), "parameters");
});

test("an endpoint that isn't there, or isn't a node's, is said so", async () => {
  const chain = chainOf("training-public");
  const node = await serveNode(chain);
  node.close();
  await assert.rejects(read({ ...chain.question, rpc: node.rpc }), { name: "unreachable" });
  const page = (_, response) => void response.end("<!doctype html>");
  assert.equal(await refusal(chain, chain.question, page), "node");
  const elsewhere = (_, response) => void response.writeHead(307, { location: "http://127.0.0.1:1/" }).end();
  assert.equal(await refusal(chain, chain.question, elsewhere), "unreachable");
  const noIndex = async (method) =>
    method === "tx_search" ? { error: { code: -32603, message: "Internal error", data: "transaction indexing is disabled" } } : undefined;
  const { error } = await outcome(chain, chain.question, noIndex);
  assert.match(error.message, /transaction indexing is disabled; use another endpoint/);
  assert.equal(await refusal({ ...chain, catchingUp: true }), "node");
});

test("an answer without end is left", async () => {
  const endless = (_, response) =>
    new Promise((resolve) => {
      const part = Buffer.alloc(1 << 20, " ");
      const more = () => (response.destroyed ? resolve() : response.write(part, more));
      response.on("close", resolve);
      more();
    }).then(() => response.end());
  const chain = chainOf("training-public");
  assert.equal(await refusal(chain, chain.question, endless), "node");
});

test("answers of any other shape are refused, never believed", async () => {
  const shapes = [null, [], {}, "x", 0, true, { raw: "{" }, { raw: "" }];
  for (const set of ["training-public-fingerprint", "prediction-hidden-label"]) {
    const whole = Object.keys(chainOf(set)).filter((name) => /^(config|circuit|blob|job|request|offer|model|input)$/.test(name));
    for (const name of whole) {
      for (const shape of shapes) {
        // A hidden model's prediction asks for no blob.
        if (name === "blob" && set.startsWith("prediction")) continue;
        assert.ok(await refusal(changed(set, (chain) => (chain[name] = shape))), `${name} ${JSON.stringify(shape)}`);
      }
    }
  }
});

test("responses of any other shape are refused, never believed", async () => {
  const chain = chainOf("training-public");
  for (const result of [null, [], {}, "x", 0, { response: null }, { response: { code: 0 } }, { txs: [{}], total_count: "1" }, { txs: {}, total_count: "1" }]) {
    for (const method of ["status", "abci_query", "tx_search"]) {
      const before = async (asked) => (asked === method ? { result } : undefined);
      assert.ok(await refusal(chain, chain.question, before), `${method} ${JSON.stringify(result)}`);
    }
  }
});

test("a question reads back from its link", () => {
  for (const question of [
    { rpc: "https://rpc.example/path?key=1", jobs: "wasm1abc", job: 7, slot: 2 },
    { rpc: "http://127.0.0.1:26657/", predictions: "wasm1abc", request: 5 },
  ]) {
    assert.deepEqual(questionOf(parametersOf(question)), question);
  }
  const short = new URLSearchParams("rpc=https://rpc.example&jobs=wasm1abc&job=7");
  assert.equal(questionOf(short).slot, 0);
});

test("a question that makes no sense is refused before anything is asked", () => {
  for (const link of [
    "",
    "rpc=https://rpc.example",
    "rpc=https://rpc.example&jobs=wasm1abc",
    "rpc=https://rpc.example&jobs=wasm1abc&job=-1",
    "rpc=https://rpc.example&jobs=wasm1abc&job=1e3",
    "rpc=https://rpc.example&jobs=wasm1abc&job=9007199254740993",
    "rpc=https://rpc.example&jobs=wasm1abc&job=7&slot=x",
    "rpc=https://rpc.example&jobs=wasm1'%20OR%20tx.height>0&job=7",
    "rpc=https://rpc.example&jobs=wasm1abc&job=7&predictions=wasm1abc&request=5",
    "rpc=https://rpc.example&predictions=wasm1abc",
    "rpc=javascript:alert(1)&jobs=wasm1abc&job=7",
    "rpc=https://name:word@rpc.example&jobs=wasm1abc&job=7",
    "rpc=http://[::1]:26657&jobs=wasm1abc&job=7",
    "rpc=rpc.example&jobs=wasm1abc&job=7",
  ]) {
    assert.throws(() => questionOf(new URLSearchParams(link)), { name: "question" }, link);
  }
});
