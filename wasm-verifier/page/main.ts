/** The page: two texts in, given or read from a chain, a verdict and its facts out. */
import { ChainError } from "../package/chain/error.ts";
import { load, verify } from "../package/index.ts";
import { key as exampleKey, proof as exampleProof } from "../../tests/golden/prediction-hidden-label.json";
import { type Pane, readFiles } from "./files.ts";
import { readInFrame } from "./frame.ts";
import { ask, prepare } from "./question.ts";
import { type Source, clear, refuse, show, wait } from "./verdict.ts";

const element = <T extends HTMLElement>(id: string): T => {
  const found = document.getElementById(id);
  if (found === null) {
    throw new Error(`the page has no element ${id}`);
  }
  return found as T;
};

const form = element<HTMLFormElement>("files");
const texts: Record<Pane, HTMLTextAreaElement> = {
  proof: element("proof"),
  key: element("key"),
};
const drop = element("drop");
const chainForm = element<HTMLFormElement>("question");

/** Counts changes, so that a verdict never stands beside other texts than its own. */
let change = 0;

/** Ends the reading from a chain that is under way, if one is. */
let reading = new AbortController();

function changed(): void {
  change += 1;
  reading.abort();
  clear();
}

async function check(source?: Source): Promise<void> {
  changed();
  const mine = change;
  const { key, proof } = texts;
  const missing = [proof, key].find((text) => text.value.trim() === "");
  if (missing !== undefined) {
    const what = missing === proof ? "a proof" : "a verifying key";
    refuse({ heading: "Nothing to check yet", message: `Paste ${what} or choose its file.` });
    missing.focus();
    return;
  }
  try {
    const verdict = await verify(key.value, proof.value);
    if (mine === change) {
      show(verdict, source);
    }
  } catch (error) {
    refuse({ heading: "The check could not run", message: String(error) });
  }
}

function fill(found: Partial<Record<Pane, string>>): void {
  for (const pane of ["proof", "key"] as const) {
    const text = found[pane];
    if (text !== undefined) {
      texts[pane].value = text;
    }
  }
  changed();
  if (texts.proof.value.trim() !== "" && texts.key.value.trim() !== "") {
    void check();
  }
}

async function readChain(): Promise<void> {
  changed();
  const mine = (reading = new AbortController());
  try {
    const question = ask(chainForm);
    wait("Reading from the chain…");
    const found = await readInFrame(question, mine.signal);
    texts.key.value = found.key;
    texts.proof.value = found.proof;
    await check({ question, reading: found });
  } catch (error) {
    if (!mine.signal.aborted) {
      const message = error instanceof ChainError ? error.message : String(error);
      refuse({ heading: "Nothing was read from the chain", message });
    }
  }
}

async function take(files: Iterable<File>, pane?: Pane): Promise<void> {
  try {
    fill(await readFiles([...files], pane));
  } catch (error) {
    refuse({
      heading: "The file could not be read",
      message: error instanceof Error ? error.message : String(error),
    });
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  void check();
});
form.addEventListener("reset", () => {
  changed();
  texts.proof.focus();
});

if (prepare(chainForm, new URLSearchParams(location.search))) {
  element<HTMLDetailsElement>("chain").open = true;
}
chainForm.addEventListener("input", changed);
chainForm.addEventListener("submit", (event) => {
  event.preventDefault();
  void readChain();
});

for (const pane of ["proof", "key"] as const) {
  texts[pane].addEventListener("input", changed);
  texts[pane].addEventListener("paste", () => {
    // The text is there only after the event.
    setTimeout(() => fill({}));
  });
  const chooser = element<HTMLInputElement>(`${pane}-file`);
  chooser.addEventListener("change", () => {
    void take(chooser.files ?? [], pane);
    // The same file can be chosen again, after it has changed.
    chooser.value = "";
  });
}

element("example").addEventListener("click", () => {
  const text = (file: object) => JSON.stringify(file, null, 2);
  fill({ key: text(exampleKey), proof: text(exampleProof) });
});

const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
window.addEventListener("dragover", (event) => {
  if (hasFiles(event)) {
    event.preventDefault();
    drop.hidden = false;
  }
});
window.addEventListener("dragleave", (event) => {
  if (event.relatedTarget === null) {
    drop.hidden = true;
  }
});
window.addEventListener("drop", (event) => {
  drop.hidden = true;
  if (hasFiles(event)) {
    event.preventDefault();
    void take(event.dataTransfer?.files ?? []);
  }
});

// Compiled while a person looks for the files.
load().catch(() => {});
