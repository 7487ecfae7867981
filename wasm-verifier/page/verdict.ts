/** Shows verdicts. Everything is put in as text, never as markup. */
import { type Question, parametersOf } from "../package/chain/question.ts";
import type { Reading } from "../package/chain/read.ts";
import type { Fact, Proved, Refused } from "../package/index.ts";

/** The chain that key and proof were read from. */
export interface Source {
  question: Question;
  reading: Reading;
}

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

function banner(kind: "good" | "bad" | "warn" | "note", heading: string, ...text: (Node | string)[]) {
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

/** Says what is waited for. */
export function wait(message: string): void {
  clear();
  place().verdict.append(make("p", "hint", message));
}

/** Shows a verdict, and where key and proof are from. */
export function show(result: Proved | Refused, source?: Source): void {
  clear();
  const { verdict, facts, list } = place();
  if (!result.valid) {
    const message = `${result.message[0]?.toUpperCase() ?? ""}${result.message.slice(1)}.`;
    const refused = banner("bad", "✗ Refused", ...withCode(message));
    refused.append(make("p", "hint", "Error name: ", make("code", "", result.name)));
    verdict.append(refused);
    if (source !== undefined) {
      verdict.append(credit(source, "No contract pays for what is refused here: ask another node."));
    }
    return;
  }
  verdict.append(banner("good", "✓ The proof holds", "It shows what is listed below, and nothing else."));
  if (result.warning !== undefined) {
    const message = `${result.warning[0]?.toUpperCase() ?? ""}${result.warning.slice(1)}.`;
    verdict.append(banner("warn", "Not for real money", message));
  }
  if (source !== undefined) {
    verdict.append(credit(source, "That is the node’s word; that the proof holds was checked here."));
  }
  list.append(...rows(result.facts));
  facts.hidden = false;
}

/** Who is believed for what, and a link to the same check. */
function credit({ question, reading }: Source, conclusion: string): HTMLElement {
  const contract = "jobs" in question ? question.jobs : question.predictions;
  const code = (text: string) => make("code", "", text);
  const credit = banner(
    "note",
    `Read from chain ${reading.chainId}`,
    "The node at ",
    code(question.rpc),
    " says that transaction ",
    code(reading.transaction),
    ` in block ${reading.height} brought this proof to contract `,
    code(contract),
    `, which paid for it. ${conclusion}`,
  );
  const link = make("a", "", "Link to this check") as HTMLAnchorElement;
  link.href = `?${parametersOf(question)}`;
  credit.append(make("p", "hint", link));
  return credit;
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
