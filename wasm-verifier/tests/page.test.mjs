/** The page in Chromium, opened as a file without a network. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { PAGE, launch, screenshot } from "./browser.mjs";
import { validFiles } from "./golden.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let browser;

before(async () => {
  browser = await launch();
});

after(() => browser?.close());

/** Runs `body` on a fresh page; nothing but the file itself may be asked for. */
async function onPage(options, body) {
  const context = await browser.newContext({ viewport: { width: 1100, height: 800 }, ...options });
  try {
    await context.setOffline(true);
    const page = await context.newPage();
    const problems = [];
    page.on("request", (request) => {
      if (request.url() !== PAGE && !request.url().startsWith("data:")) problems.push(request.url());
    });
    page.on("pageerror", (error) => problems.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error") problems.push(message.text());
    });
    await page.goto(PAGE);
    await body(page);
    assert.deepEqual(problems, []);
  } finally {
    await context.close();
  }
}

const verdictOf = async (page) => {
  const heading = page.locator("#verdict h2").first();
  await heading.waitFor();
  return heading.textContent();
};

/** Puts texts into both fields and presses the button. */
async function check(page, { key, proof }) {
  await page.fill("#proof", proof);
  await page.fill("#key", key);
  await page.getByRole("button", { name: "Check the proof" }).click();
  return verdictOf(page);
}

const file = (name, text) => ({ name, mimeType: "application/json", buffer: Buffer.from(text) });

for (const set of ["training-public", "training-public-challenged"]) {
  test(`${set}: a valid proof is said in words`, () =>
    onPage({}, async (page) => {
      assert.match(await check(page, validFiles(set)), /The proof holds/);
      const facts = await page.locator("#facts").innerText();
      for (const part of ["training, public model", "above the least objective", "job 7, slot 1", "who could forge"]) {
        assert.ok(facts.includes(part), `${part} not in ${facts}`);
      }
      assert.match(await page.locator("#verdict").innerText(), /Not for real money/);
    }));
}

test("a refused proof has the error's name and sentence, and no facts", () =>
  onPage({}, async (page) => {
    const { key, proof } = validFiles("prediction-hidden-label");
    const stolen = proof.replace("assay1payee", "assay1thief");
    assert.match(await check(page, { key, proof: stolen }), /Refused/);
    const verdict = await page.locator("#verdict").innerText();
    assert.match(verdict, /equation_fails/);
    assert.match(verdict, /The proof does not show this statement under this key/);
    assert.equal(await page.locator("#facts").isVisible(), false);
  }));

test("a verdict goes as soon as a text changes", () =>
  onPage({}, async (page) => {
    await check(page, validFiles("training-public"));
    await page.locator("#proof").press("End");
    await page.keyboard.type(" ");
    assert.equal(await page.locator("#verdict").innerText(), "");
    assert.equal(await page.locator("#facts").isVisible(), false);
  }));

test("chosen files are checked, each in its place, whichever was asked for", () =>
  onPage({}, async (page) => {
    const { key, proof } = validFiles("prediction-public-scores");
    await page.setInputFiles("#proof-file", file("verifying.key", key));
    // The file is read in its own time.
    await page.waitForFunction((text) => document.querySelector("#key").value === text, key);
    await page.setInputFiles("#proof-file", file("proof.json", proof));
    assert.match(await verdictOf(page), /The proof holds/);
  }));

test("dropped files are checked", () =>
  onPage({}, async (page) => {
    const { key, proof } = validFiles("training-hidden");
    const transfer = await page.evaluateHandle((texts) => {
      const transfer = new DataTransfer();
      for (const [name, text] of texts) transfer.items.add(new File([text], name));
      return transfer;
    }, [["a.json", proof], ["b", key]]);
    await page.dispatchEvent("body", "dragover", { dataTransfer: transfer });
    await page.locator("#drop").waitFor({ state: "visible" });
    await screenshot(page, "drop");
    await page.dispatchEvent("body", "drop", { dataTransfer: transfer });
    assert.match(await verdictOf(page), /The proof holds/);
    assert.equal(await page.locator("#drop").isVisible(), false);
  }));

test("pasted texts are checked once both are there", () =>
  onPage({ permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
    const texts = validFiles("prediction-hidden-bucket");
    for (const pane of ["proof", "key"]) {
      await page.locator(`#${pane}`).evaluate((area, text) => {
        area.focus();
        document.execCommand("insertText", false, text);
        area.dispatchEvent(new ClipboardEvent("paste", { bubbles: true }));
      }, texts[pane]);
    }
    assert.match(await verdictOf(page), /The proof holds/);
  }));

test("markup in a file stays text", () =>
  onPage({}, async (page) => {
    const { key, proof } = validFiles("training-public");
    const hostile = JSON.stringify({ ...JSON.parse(proof), format: "<img src=x onerror=alert(1)>" });
    assert.match(await check(page, { key, proof: hostile }), /Refused/);
    assert.match(await page.locator("#verdict").innerText(), /<img src=x/);
    assert.equal(await page.locator("#verdict img").count(), 0);
  }));

test("a file that is far too large is not read", () =>
  onPage({}, async (page) => {
    await page.locator("#key-file").evaluate((input) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([new Uint8Array((16 << 20) + 1)], "huge.key"));
      input.files = transfer.files;
      input.dispatchEvent(new Event("change"));
    });
    assert.match(await verdictOf(page), /could not be read/);
  }));

test("everything is done by keyboard, and the focus is always seen", () =>
  onPage({}, async (page) => {
    const stops = [];
    for (let i = 0; i < 7; i++) {
      await page.keyboard.press("Tab");
      stops.push(
        await page.evaluate(() => {
          const focused = document.activeElement;
          const seen = focused.type === "file" ? focused.parentElement.querySelector(".choose") : focused;
          return [focused.id || focused.textContent.trim(), getComputedStyle(seen).outlineStyle];
        }),
      );
    }
    assert.deepEqual(
      stops,
      ["proof-file", "proof", "key-file", "key", "Check the proof", "example", "Clear"]
        .map((name) => [name, "solid"]),
    );
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Enter");
    assert.match(await verdictOf(page), /The proof holds/);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    assert.equal(await page.locator("#verdict").innerText(), "");
    assert.equal(await page.inputValue("#proof"), "");
    assert.equal(await page.evaluate(() => document.activeElement.id), "proof");
  }));

test("the verdict is announced", () =>
  onPage({}, async (page) => {
    const live = page.getByRole("status");
    assert.equal(await live.count(), 1);
    await page.getByRole("button", { name: "Load an example" }).click();
    await live.getByText("The proof holds").waitFor();
  }));

/** States of the page worth looking at. */
const STATES = {
  empty: async () => {},
  valid: async (page) => {
    await page.getByRole("button", { name: "Load an example" }).click();
    await verdictOf(page);
  },
  refused: async (page) => {
    const { key, proof } = validFiles("training-public");
    await check(page, { key, proof: proof.replace("assay1payee", "assay1thief") });
  },
  training: (page) => check(page, validFiles("training-hidden")),
  scores: (page) => check(page, validFiles("prediction-public-scores")),
};

for (const colorScheme of ["light", "dark"]) {
  for (const [width, size] of [[1100, "wide"], [320, "narrow"]]) {
    test(`${colorScheme} and ${size}: accessible, nothing beyond the edge`, async () => {
      for (const [state, reach] of Object.entries(STATES)) {
        const options = { colorScheme, viewport: { width, height: 800 }, bypassCSP: true };
        await onPage(options, async (page) => {
          await reach(page);
          await screenshot(page, `${state}-${colorScheme}-${size}`);
          const overflow = await page.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
          );
          assert.equal(overflow, 0, `${state}: ${overflow} pixels too wide`);
          await page.evaluate(AXE);
          const { violations, passes } = await page.evaluate(() =>
            globalThis.axe.run(document, {
              runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
            }),
          );
          const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html)}`);
          assert.deepEqual(found, [], state);
          assert.ok(passes.some(({ id }) => id === "color-contrast"), "contrast was not checked");
        });
      }
    });
  }
}
