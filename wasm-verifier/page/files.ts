/** Files that were dropped or chosen, each put where it belongs. */

/** Where a text goes. */
export type Pane = "proof" | "key";

/** As much as the verifier takes. */
const MAX_BYTES = 16 * 1024 * 1024;

const FORMATS: Record<string, Pane> = {
  "assay-proof": "proof",
  "assay-verifying-key": "key",
};

/** The pane that a file names by its format. */
function paneOf(text: string): Pane | undefined {
  try {
    const file: unknown = JSON.parse(text);
    const format = typeof file === "object" && file !== null && "format" in file ? file.format : "";
    return FORMATS[String(format)];
  } catch {
    return undefined;
  }
}

/**
 * Reads files. What says what it is goes to its pane; anything else to `chosen`, or to the
 * proof's, where the check says what is wrong with it.
 */
export async function readFiles(
  files: File[],
  chosen?: Pane,
): Promise<Partial<Record<Pane, string>>> {
  const found: Partial<Record<Pane, string>> = {};
  for (const file of files) {
    if (file.size > MAX_BYTES) {
      throw new Error(`${file.name} has more than ${MAX_BYTES} bytes: it is no proof and no key.`);
    }
    const text = await file.text();
    found[paneOf(text) ?? chosen ?? "proof"] = text;
  }
  return found;
}
