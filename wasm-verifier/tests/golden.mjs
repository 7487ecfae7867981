/** The golden vectors in tests/golden, as the texts of their files. */
import { readFileSync } from "node:fs";

const SETS = [
  "training-public",
  "training-hidden",
  "prediction-public-scores",
  "prediction-hidden-label",
  "prediction-hidden-bucket",
  "training-public-challenged",
  "training-public-fingerprint",
];

const read = (name) =>
  JSON.parse(readFileSync(new URL(`../../tests/golden/${name}.json`, import.meta.url), "utf8"));

/** The object that a JSON pointer's last part belongs to, and that part. */
function target(file, pointer) {
  const path = pointer.split("/").slice(1);
  const last = path.pop();
  return [path.reduce((value, name) => value[name], file), last];
}

function changed(vector, which, valid) {
  if (vector.text?.[which] !== undefined) {
    return vector.text[which];
  }
  const file = structuredClone(valid);
  for (const [pointer, value] of Object.entries(vector.set?.[which] ?? {})) {
    const [parent, name] = target(file, pointer);
    parent[name] = value;
  }
  for (const pointer of vector.remove?.[which] ?? []) {
    const [parent, name] = target(file, pointer);
    delete parent[name];
  }
  return JSON.stringify(file);
}

/** Every vector of files: name, texts of key and proof, expected verdict. */
export function fileVectors() {
  return SETS.flatMap((name) => {
    const set = read(name);
    return set.vectors.map((vector) => ({
      name: `${name}: ${vector.name}`,
      arguments: [changed(vector, "key", set.key), changed(vector, "proof", set.proof)],
      expected: { valid: vector.valid, error: vector.error, facts: vector.facts },
    }));
  });
}

/** Every vector of bare bytes. */
export function bytesVectors() {
  return read("bytes").vectors.map(({ name, key, statement, proof, valid, error }) => ({
    name: `bytes: ${name}`,
    arguments: [key, statement, proof],
    expected: { valid, error, facts: undefined },
  }));
}

/** Every vector of bare elements; they are for `verifyElements`. */
export function elementsVectors() {
  return read("elements").vectors.map(({ name, key, kind, elements, proof, valid, error }) => ({
    name: `elements: ${name}`,
    arguments: [key, kind, elements, proof],
    expected: { valid, error, facts: undefined },
  }));
}

/** The valid files of one set. */
export function validFiles(name) {
  const { key, proof } = read(name);
  return { key: JSON.stringify(key), proof: JSON.stringify(proof) };
}

/** A verdict in the vectors' terms. */
export const summary = ({ valid, name, facts }) => ({ valid, error: name, facts });
