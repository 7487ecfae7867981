/** The page in Chromium, reading from a chain that a node on loopback tells. */
import assert from "node:assert/strict";
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { PAGE, launch, screenshot, servePage } from "./browser.mjs";
import { chainOf } from "./fake-chain.mjs";
import { serveNode } from "./fake-node.mjs";
import { validFiles } from "./golden.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let browser, server;

before(async () => {
  [browser, server] = await Promise.all([launch(), servePage()]);
});

after(async () => {
  await browser?.close();
  server?.close();
});

/** Runs `body` on a fresh page beside a node that tells `chain`. */
async function onPage(chain, body, { url = server.url, before, problems = [], ...options } = {}) {
  const node = await serveNode(chain, before);
  const context = await browser.newContext({ viewport: { width: 1100, height: 800 }, ...options });
  try {
    const page = await context.newPage();
    const found = [];
    const asked = [];
    page.on("request", (request) => asked.push(request.url()));
    page.on("pageerror", (error) => found.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error") found.push(message.text());
    });
    const link = (question) => `${url}?${new URLSearchParams({ rpc: node.rpc, ...question })}`;
    await body({ page, node, link, asked, found });
    for (const [i, text] of found.entries()) {
      assert.match(text, problems[i] ?? /^$/);
    }
  } finally {
    await context.close();
    node.close();
  }
}

const press = (page) => page.getByRole("button", { name: "Read it and check the proof" }).click();

const verdictOf = async (page) => {
  const heading = page.locator("#verdict h2").first();
  await heading.waitFor();
  return heading.textContent();
};

/** What the page says once it was given the files. */
async function wordsOfFiles(page, set) {
  const { key, proof } = validFiles(set);
  await page.fill("#proof", proof);
  await page.fill("#key", key);
  await page.getByRole("button", { name: "Check the proof", exact: true }).click();
  await verdictOf(page);
  return page.locator("#facts").innerText();
}

for (const set of ["training-public", "training-public-fingerprint", "prediction-hidden-label", "prediction-public-scores"]) {
  test(`${set}: read from a chain, the page says the same words as for the files`, () =>
    onPage(chainOf(set), async ({ page, link }) => {
      await page.goto(link(chainOf(set).question));
      await press(page);
      assert.match(await verdictOf(page), /The proof holds/);
      const words = await page.locator("#facts").innerText();
      const credit = await page.locator(".note").innerText();
      for (const part of ["Read from chain assay-1", "assay1contract", "AB".repeat(32), "in block 12"]) {
        assert.ok(credit.includes(part), `${part} not in ${credit}`);
      }
      assert.equal(words, await wordsOfFiles(page, set));
      assert.equal(await page.locator(".note").count(), 0);
    }));
}

test("a link asks nobody before the button is pressed", () => {
  const chain = chainOf("training-public");
  return onPage(chain, async ({ page, node, link, asked }) => {
    await page.goto(link(chain.question));
    assert.equal(await page.inputValue("#rpc"), node.rpc);
    assert.equal(await page.inputValue("#jobs"), "assay1contract");
    assert.deepEqual([await page.inputValue("#job"), await page.inputValue("#slot")], ["7", "1"]);
    await page.waitForLoadState("networkidle");
    assert.deepEqual(asked, [link(chain.question)]);
    assert.deepEqual(node.asked, []);
  });
});

test("what was read has a link that asks the same", () => {
  const chain = chainOf("prediction-hidden-label");
  return onPage(chain, async ({ page, node, link }) => {
    await page.goto(server.url);
    await page.getByText("Read a job or a prediction").click();
    await page.getByLabel("RPC endpoint").fill(node.rpc);
    await page.getByLabel("A prediction").check();
    await page.getByLabel("Address of the contract of predictions").fill(chain.contract);
    await page.getByLabel("Request", { exact: true }).fill("7");
    await page.keyboard.press("Enter");
    assert.match(await verdictOf(page), /The proof holds/);
    const found = await page.getByRole("link", { name: "Link to this check" }).evaluate((a) => a.href);
    assert.equal(found, link(chain.question));
  });
});

test("what is wrong is said in one line, without a verdict", () => {
  const chain = chainOf("training-public");
  chain.job.slots[0].state = { started: {} };
  return onPage(chain, async ({ page, link }) => {
    for (const [question, words] of [
      [{ ...chain.question, slot: 0 }, /Slot 0 of job 7: its worker hasn't delivered yet: come back when it is paid/],
      [{ ...chain.question, job: 99 }, /there is no job 99/],
      [{ ...chain.question, job: "" }, /Give the number of the job/],
      [{ ...chain.question, jobs: "assay1nothing" }, /has no contract assay1nothing: check its address/],
    ]) {
      await page.goto(link(question));
      await press(page);
      assert.match(await verdictOf(page), /Nothing was read from the chain/);
      assert.match(await page.locator("#verdict").innerText(), words);
      assert.equal(await page.locator("#facts").isVisible(), false);
    }
  });
});

test("a node that isn't there is said so", () => {
  const chain = chainOf("training-public");
  return onPage(
    chain,
    async ({ page, node, link }) => {
      await page.goto(link(chain.question));
      node.close();
      await press(page);
      assert.match(await verdictOf(page), /Nothing was read/);
      assert.match(await page.locator("#verdict").innerText(), /can't be reached/);
    },
    { problems: [/ERR_CONNECTION_REFUSED/] },
  );
});

test("a node that lies is found out", () => {
  const chain = chainOf("training-public");
  chain.job.slots[1].state.paid.worker = "assay1thief";
  return onPage(chain, async ({ page, link }) => {
    await page.goto(link(chain.question));
    await press(page);
    assert.match(await verdictOf(page), /Refused/);
    const verdict = await page.locator("#verdict").innerText();
    assert.match(verdict, /equation_fails/);
    assert.match(verdict, /No contract pays for what is refused here: ask another node/);
    assert.equal(await page.locator("#facts").isVisible(), false);
  });
});

test("a reading goes as soon as anything changes, and its frame with it", () => {
  const chain = chainOf("training-public");
  const never = () => new Promise(() => {});
  return onPage(
    chain,
    async ({ page, link }) => {
      await page.goto(link(chain.question));
      await press(page);
      await page.locator("#verdict").getByText("Reading from the chain").waitFor();
      assert.equal(page.frames().length, 2);
      await page.locator("#slot").fill("0");
      assert.equal(await page.locator("#verdict").innerText(), "");
      assert.equal(page.frames().length, 1);
    },
    { before: never },
  );
});

/** Whether a document may ask an address that answers anyone. */
const mayAsk = (frame, url) =>
  frame.evaluate((url) => fetch(url, { method: "POST", body: "{}" }).then(() => true, () => false), url);

test("the page may ask nobody, its reader only the node in the question", async () => {
  const chain = chainOf("training-public");
  const other = await serveNode(chain, async () => ({ result: {} }));
  let go;
  const wait = new Promise((resolve) => (go = resolve));
  await onPage(
    chain,
    async ({ page, node, link }) => {
      await page.goto(link(chain.question));
      await press(page);
      await page.waitForFunction(() => document.querySelector("iframe") !== null);
      const reader = page.frames()[1];
      while (node.asked.length === 0) await page.waitForTimeout(20);
      assert.equal(await mayAsk(reader, other.rpc), false);
      assert.equal(await mayAsk(page.mainFrame(), node.rpc), false);
      assert.deepEqual(other.asked, []);
      go();
      assert.match(await verdictOf(page), /The proof holds/);
    },
    { before: () => wait, problems: Array(4).fill(/Content Security Policy/) },
  ).finally(() => other.close());
});

test("opened from a disk it reads as well", () => {
  const chain = chainOf("training-public");
  return onPage(
    chain,
    async ({ page, link }) => {
      await page.goto(link(chain.question));
      await press(page);
      assert.match(await verdictOf(page), /The proof holds/);
    },
    { url: PAGE },
  );
});

test("saved without its reader it says so, and checks files as before", async () => {
  const folder = mkdtempSync(join(tmpdir(), "assay-page-"));
  const file = join(folder, "index.html");
  copyFileSync(fileURLToPath(PAGE), file);
  const chain = chainOf("training-public");
  await onPage(
    chain,
    async ({ page, link }) => {
      await page.goto(link(chain.question));
      await press(page);
      await page.getByText("reader.html isn't beside this page").waitFor({ timeout: 15_000 });
      assert.match(await wordsOfFiles(page, "training-public"), /training, public model/);
    },
    { url: pathToFileURL(file).href, problems: Array(2).fill(/ERR_FILE_NOT_FOUND|not allowed|chrome-error/i) },
  ).finally(() => rmSync(folder, { recursive: true }));
});

/** States of the page worth looking at. */
const STATES = {
  asking: async () => {},
  read: async (page) => {
    await press(page);
    await page.locator(".note").waitFor();
  },
};

for (const colorScheme of ["light", "dark"]) {
  for (const [width, size] of [[1100, "wide"], [320, "narrow"]]) {
    test(`${colorScheme} and ${size}: accessible, nothing beyond the edge`, async () => {
      const chain = chainOf("prediction-hidden-label");
      for (const [state, reach] of Object.entries(STATES)) {
        await onPage(
          chain,
          async ({ page, link }) => {
            await page.goto(link(chain.question));
            await reach(page);
            await screenshot(page, `chain-${state}-${colorScheme}-${size}`);
            const overflow = await page.evaluate(
              () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
            );
            assert.equal(overflow, 0, `${state}: ${overflow} pixels too wide`);
            await page.evaluate(AXE);
            const { violations } = await page.evaluate(() =>
              globalThis.axe.run(document, {
                runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
              }),
            );
            const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html)}`);
            assert.deepEqual(found, [], state);
          },
          { colorScheme, viewport: { width, height: 800 }, bypassCSP: true },
        );
      }
    });
  }
}
