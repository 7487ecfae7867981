// Checks the object that `assay demo --json` prints: the honest worker was paid, every
// dishonest attempt was refused with its reason, and the promised numbers hold.
import { readFileSync } from "node:fs";
import assert from "node:assert/strict";

const demo = JSON.parse(readFileSync(process.argv[2], "utf8"));

const { training, refused } = demo;
assert.equal(training.paid, true);
assert.ok(training.constraints > 0 && training.constraints <= 90_000, `constraints: ${training.constraints}`);
assert.ok(training.accuracy > 0.9 && training.accuracy <= 1, `accuracy: ${training.accuracy}`);
for (const duration of ["setup_s", "prove_s", "verify_ms"]) {
    assert.ok(training[duration] > 0, `${duration}: ${training[duration]}`);
}

// A changed parameter byte, a flipped label, w = 0, another's proof, a replay for another
// job and for another slot, another dataset, a lying label, and a late delivery.
assert.ok(refused.length >= 9, `only ${refused.length} attempts were refused`);
for (const { attempt, error } of refused) {
    assert.ok(attempt && error, `an attempt without a reason: ${JSON.stringify({ attempt, error })}`);
}
console.log(`paid; ${refused.length} attempts refused; accuracy ${training.accuracy}`);
