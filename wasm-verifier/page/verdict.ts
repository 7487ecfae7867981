/** Shows verdicts. Everything is put in as text, never as markup. */
import type { Fact, Proved, Refused } from "../package/index.ts";

/** What the page calls a fact's topic; the command line uses the topic itself. */
const TOPICS: Record<string, string> = {
  kind: "Kind",
  method: "Method",
  holds: "The circuit holds",
  lambda: "Lambda",
  gap: "Gap",
  dataset: "Data",
  schema: "Schema",
  parameters: "Parameters",
  model: "Model",
  input: "Input",
  output: "Output",
  for: "Made for",
  circuit: "Circuit",
  key: "Key",
  "not shown": "Not shown",
};

/** What is set apart in a text: digests, and commands between backticks. */
const CODE = /([0-9a-f]{64}|`[^`]*`)/;

function make(name: string, className: string, ...children: (Node | string)[]): HTMLElement {
  const made = document.createElement(name);
  if (className !== "") {
    made.className = className;
  }
  made.append(...children);
  return made;
}

function place(): { verdict: HTMLElement; facts: HTMLElement; list: HTMLElement } {
  const verdict = document.getElementById("verdict");
  const facts = document.getElementById("facts");
  const list = facts?.querySelector("dl");
  if (!verdict || !facts || !list) {
    throw new Error("the page has no place for a verdict");
  }
  return { verdict, facts, list };
}

function banner(kind: "good" | "bad" | "warn", heading: string, ...text: (Node | string)[]) {
  return make("div", `banner ${kind}`, make("h2", "", heading), make("p", "", ...text));
}

/** Takes the last verdict away. */
export function clear(): void {
  const { verdict, facts, list } = place();
  verdict.replaceChildren();
  list.replaceChildren();
  facts.hidden = true;
}

/** Says why there is no verdict. */
export function refuse({ heading, message }: { heading: string; message: string }): void {
  clear();
  place().verdict.append(banner("bad", heading, message));
}

/** Shows a verdict. */
export function show(result: Proved | Refused): void {
  clear();
  const { verdict, facts, list } = place();
  if (!result.valid) {
    const message = `${result.message[0]?.toUpperCase() ?? ""}${result.message.slice(1)}.`;
    const refused = banner("bad", "✗ Refused", ...withCode(message));
    refused.append(make("p", "hint", "Error name: ", make("code", "", result.name)));
    verdict.append(refused);
    return;
  }
  verdict.append(banner("good", "✓ The proof holds", "It shows what is listed below, and nothing else."));
  if (result.warning !== undefined) {
    const message = `${result.warning[0]?.toUpperCase() ?? ""}${result.warning.slice(1)}.`;
    verdict.append(banner("warn", "Not for real money", message));
  }
  list.append(...rows(result.facts));
  facts.hidden = false;
}

/** A row for each topic, with all its facts. */
function rows(facts: Fact[]): HTMLElement[] {
  const rows = new Map<string, HTMLElement>();
  for (const { topic, text } of facts) {
    const row = rows.get(topic) ?? make("div", "fact", make("dt", "", TOPICS[topic] ?? topic));
    row.append(make("dd", "", ...withCode(text)));
    rows.set(topic, row);
  }
  return [...rows.values()];
}

/** A text with its digests and commands set apart. */
function withCode(text: string): (Node | string)[] {
  return text
    .split(CODE)
    .filter((part) => part !== "")
    .map((part) => (CODE.test(part) ? make("code", "", part.replaceAll("`", "")) : part));
}
