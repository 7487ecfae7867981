// Checks the object that `assay demo --json` prints: the honest worker was paid, every
// dishonest attempt was refused with its reason, and the promised numbers hold.
import { readFileSync } from "node:fs";
import assert from "node:assert/strict";

const demo = JSON.parse(readFileSync(process.argv[2], "utf8"));

const { training, prediction, refused } = demo;
assert.equal(training.paid, true);
assert.ok(training.constraints > 0 && training.constraints <= 90_000, `constraints: ${training.constraints}`);
assert.ok(training.accuracy > 0.9 && training.accuracy <= 1, `accuracy: ${training.accuracy}`);
for (const duration of ["setup_s", "prove_s", "verify_ms"]) {
    assert.ok(training[duration] > 0, `${duration}: ${training[duration]}`);
}

assert.equal(prediction.paid, true);
assert.ok(prediction.provenance_constraints > 0 && prediction.provenance_constraints <= 95_000, `provenance: ${prediction.provenance_constraints}`);
for (const duration of ["setup_s", "provenance_s", "prove_s", "verify_ms"]) {
    assert.ok(prediction[duration] > 0, `${duration}: ${prediction[duration]}`);
}
assert.ok(prediction.label && prediction.diagnosis, "a prediction and what the patient had");

// A changed parameter byte, a flipped label, w = 0, another's proof, a replay for another
// job and for another slot, another dataset, a lying label, and a late delivery. Of
// predictions: another model, input, output and request, a second answer, keys that the
// hospital made alone, and a late answer.
assert.ok(refused.length >= 16, `only ${refused.length} attempts were refused`);
for (const { attempt, error } of refused) {
    assert.ok(attempt && error, `an attempt without a reason: ${JSON.stringify({ attempt, error })}`);
}
console.log(`paid; ${refused.length} attempts refused; accuracy ${training.accuracy}`);
