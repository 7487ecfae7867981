/** The form that asks a chain, and links that fill it in. */
import { type Question, questionOf } from "../package/chain/question.ts";

/** The contracts that can be asked, and the names of their fields. */
const FIELDS = { jobs: ["jobs", "job", "slot"], predictions: ["predictions", "request"] } as const;

type Contract = keyof typeof FIELDS;

const CONTRACTS = ["jobs", "predictions"] as const;

/** Shows and sends the fields of one contract only. */
function choose(form: HTMLFormElement, contract: Contract): void {
  for (const name of CONTRACTS) {
    const fields = form.querySelector<HTMLFieldSetElement>(`fieldset[name="of-${name}"]`);
    if (fields !== null) {
      fields.hidden = fields.disabled = name !== contract;
    }
  }
  const choice = form.querySelector<HTMLInputElement>(`input[name="what"][value="${contract}"]`);
  if (choice !== null) {
    choice.checked = true;
  }
}

/**
 * Lets a form choose its contract, and fills in what a link says. Whether it said anything.
 */
export function prepare(form: HTMLFormElement, link: URLSearchParams): boolean {
  form.addEventListener("change", ({ target }) => {
    if (target instanceof HTMLInputElement && target.name === "what") {
      choose(form, target.value === "predictions" ? "predictions" : "jobs");
    }
  });
  choose(form, link.has("predictions") ? "predictions" : "jobs");
  let said = false;
  for (const name of ["rpc", ...FIELDS.jobs, ...FIELDS.predictions]) {
    const field = form.elements.namedItem(name);
    const value = link.get(name);
    if (field instanceof HTMLInputElement && value !== null) {
      field.value = value;
      said = true;
    }
  }
  return said;
}

/** The question that a form asks. */
export function ask(form: HTMLFormElement): Question {
  const parameters = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    parameters.set(name, String(value));
  }
  return questionOf(parameters);
}
