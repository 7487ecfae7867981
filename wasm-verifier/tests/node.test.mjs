/** The npm package in Node. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { verify, verifyElements } from "assay-verifier";
import { bytesVectors, elementsVectors, fileVectors, summary, validFiles } from "./golden.mjs";

test("every vector of files gets its verdict", async () => {
  const vectors = fileVectors();
  assert.ok(vectors.length > 300, `${vectors.length} vectors`);
  for (const vector of vectors) {
    const found = await verify(...vector.arguments);
    assert.deepEqual(summary(found), vector.expected, `${vector.name}: ${found.message}`);
  }
});

test("every vector of bytes gets its verdict", async () => {
  for (const vector of bytesVectors()) {
    const found = await verify(...vector.arguments);
    assert.deepEqual(summary(found), vector.expected, `${vector.name}: ${found.message}`);
  }
});

test("every vector of elements gets its verdict", async () => {
  const vectors = elementsVectors();
  assert.ok(vectors.length > 80, `${vectors.length} vectors`);
  for (const vector of vectors) {
    const found = await verifyElements(...vector.arguments);
    assert.deepEqual(summary(found), vector.expected, `${vector.name}: ${found.message}`);
  }
});

test("no digest is taken under a key with challenges", async () => {
  const { key, proof } = validFiles("training-public-challenged");
  const { statement } = await verify(key, proof);
  const [keyBytes, proofBytes] = [JSON.parse(key).verifying_key, JSON.parse(proof).proof];
  const found = await verify(keyBytes, statement, proofBytes);
  assert.deepEqual(summary(found), { valid: false, error: "challenged_key", facts: undefined });
  assert.match(found.message, /: pass the files, or the statement's elements$/);
  const malformed = await verify(`${"00".repeat(48)}${keyBytes.slice(96)}`, statement, proofBytes);
  assert.equal(malformed.name, "malformed_key");
});

test("no fingerprint is taken from anyone", async () => {
  const [valid] = elementsVectors();
  const [key, , elements, proof] = valid.arguments;
  for (const kind of ["training_fingerprint", "prediction_fingerprint"]) {
    const found = await verifyElements(key, kind, elements, proof);
    assert.deepEqual(summary(found), { valid: false, error: "fingerprint", facts: undefined });
    assert.match(found.message, /: pass the files$/);
  }
});

test("a kind that is none is a mistake of the caller", async () => {
  const [valid] = elementsVectors();
  const [key, , elements, proof] = valid.arguments;
  for (const kind of ["accuracy", "", "TrainingPublic"]) {
    await assert.rejects(verifyElements(key, kind, elements, proof), TypeError);
  }
});

test("files are taken as objects too", async () => {
  const { key, proof } = validFiles("training-public");
  assert.equal((await verify(JSON.parse(key), JSON.parse(proof))).valid, true);
});

test("bytes are taken as arrays too", async () => {
  const [valid] = bytesVectors();
  const array = (digits) => new Uint8Array(Buffer.from(digits, "hex"));
  assert.deepEqual(await verify(...valid.arguments.map(array)), { valid: true });
  const [withElements] = elementsVectors();
  const [key, kind, elements, proof] = withElements.arguments;
  const found = await verifyElements(array(key), kind, elements.map(array), array(proof));
  assert.deepEqual(found, { valid: true });
});

test("digits that are none are a mistake of the caller", async () => {
  await assert.rejects(verify("zz", "", ""), TypeError);
  await assert.rejects(verify("abc", "", ""), TypeError);
});

test("a text without end is refused without trouble", async () => {
  const { key } = validFiles("training-public");
  const long = await verify(key, " ".repeat((16 << 20) + 1));
  assert.deepEqual([long.name, long.file], ["too_large", "proof"]);
  const deep = await verify(key, "[".repeat(1 << 20));
  assert.equal(deep.name, "damaged");
});

test("what a valid proof shows has the documented fields", async () => {
  const { key, proof } = validFiles("prediction-hidden-label");
  const found = await verify(key, proof);
  assert.equal(found.kind, "prediction_hidden");
  assert.deepEqual(found.output_integers, [1]);
  assert.deepEqual(found.setup, { development: {} });
  assert.equal(found.assignment.request, 7);
  assert.match(found.statement, /^[0-9a-f]{64}$/);
  assert.match(found.warning, /forge/);
});
