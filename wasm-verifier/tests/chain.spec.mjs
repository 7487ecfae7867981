/**
 * The page in Chromium beside a real chain: a job and a request that were paid for.
 * ASSAY_CHAIN_FIXTURE is the path of a JSON file
 * `{rpc, jobs, job, slot, predictions, request}`, and optionally `job_facts` and
 * `request_facts`, as `assay verify --json` prints `facts` for the same proofs.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { launch, screenshot, servePage } from "./browser.mjs";

const path = process.env.ASSAY_CHAIN_FIXTURE;
if (path === undefined) {
  throw new Error("set ASSAY_CHAIN_FIXTURE to the path of a JSON file that says what to read: see tests/chain.spec.mjs");
}
const { rpc, jobs, job, slot, predictions, request, ...facts } = JSON.parse(readFileSync(path, "utf8"));

let browser, server;

before(async () => {
  [browser, server] = await Promise.all([launch(), servePage()]);
});

after(async () => {
  await browser?.close();
  server?.close();
});

/** Facts as the page lists them: all of a topic together, without the backticks of commands. */
function listed(facts) {
  const topics = new Set(facts.map(({ topic }) => topic));
  return [...topics]
    .flatMap((topic) => facts.filter((fact) => fact.topic === topic))
    .map(({ text }) => text.replaceAll("`", ""));
}

for (const [what, question, words, expected] of [
  ["a job", { jobs, job, slot }, [`job ${job}, slot ${slot} of ${jobs}`, "training, public model"], facts.job_facts],
  ["a request", { predictions, request }, [`request ${request} in ${predictions}`, "prediction, "], facts.request_facts],
]) {
  test(`${what} is read from the chain, and its proof holds`, async () => {
    const page = await browser.newPage();
    await page.goto(`${server.url}?${new URLSearchParams({ rpc, ...question })}`);
    await page.getByRole("button", { name: "Read it and check the proof" }).click();
    await page.locator("#verdict h2").first().waitFor();
    const verdict = await page.locator("#verdict").innerText();
    assert.match(verdict, /The proof holds/);
    assert.match(verdict, /Read from chain \S+/);
    const found = await page.locator("#facts dd").allTextContents();
    for (const part of words) {
      assert.ok(found.some((text) => text.includes(part)), `${part} not in ${found.join("\n")}`);
    }
    if (expected !== undefined) {
      assert.deepEqual(found, listed(expected));
    }
    await screenshot(page, `real-${what.replace("a ", "")}`);
    await page.close();
  });
}
