// Generates ts/<Contract>.types.ts from json/<contract>.json.
// With --check it compares instead, and exits with 1 if one has drifted.

import { copyFile, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import codegen from "@cosmwasm/ts-codegen";

const json = join(import.meta.dirname, "json");
const types = join(import.meta.dirname, "ts");

const pascal = (name) =>
  name.replace(/(^|-)(.)/g, (_, _dash, letter) => letter.toUpperCase());

// The generator takes one folder a contract, and writes more than types.
async function generate(work) {
  const contracts = [];
  for (const file of await readdir(json)) {
    const contract = basename(file, ".json");
    const dir = join(work, contract);
    await mkdir(dir);
    await copyFile(join(json, file), join(dir, file));
    contracts.push({ name: pascal(contract), dir });
  }
  const outPath = join(work, "out");
  await codegen.default({
    contracts,
    outPath,
    options: { bundle: { enabled: false }, types: { enabled: true }, client: { enabled: false } },
  });
  const generated = new Map();
  for (const { name } of contracts) {
    const file = `${name}.types.ts`;
    const text = await readFile(join(outPath, file), "utf8");
    generated.set(file, `${text.trimEnd()}\n`);
  }
  return generated;
}

async function write(generated) {
  await rm(types, { recursive: true, force: true });
  await mkdir(types);
  for (const [file, text] of generated) await writeFile(join(types, file), text);
}

async function drifted(generated) {
  const committed = await readdir(types).catch(() => []);
  const files = new Set([...committed, ...generated.keys()]);
  for (const file of files) {
    const text = await readFile(join(types, file), "utf8").catch(() => undefined);
    if (text !== generated.get(file)) return file;
  }
}

const work = await mkdtemp(join(tmpdir(), "assay-schema-"));
try {
  const generated = await generate(work);
  if (process.argv.includes("--check")) {
    const file = await drifted(generated);
    if (file) {
      console.error(`schema/ts/${file} has drifted: run \`npm run --prefix schema generate\``);
      process.exitCode = 1;
    }
  } else {
    await write(generated);
  }
} finally {
  await rm(work, { recursive: true, force: true });
}
