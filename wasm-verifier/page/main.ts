/** The page: two texts in, a verdict and its facts out. */
import { load, verify } from "../package/index.ts";
import { key as exampleKey, proof as exampleProof } from "../../tests/golden/prediction-hidden-label.json";
import { type Pane, readFiles } from "./files.ts";
import { clear, refuse, show } from "./verdict.ts";

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

/** Counts changes, so that a verdict never stands beside other texts than its own. */
let change = 0;

function changed(): void {
  change += 1;
  clear();
}

async function check(): Promise<void> {
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
      show(verdict);
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
