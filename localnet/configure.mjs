/**
 * Gives a network the limits of a real chain, and keeps all of it on loopback.
 *
 * Usage: node configure.mjs HOME VALIDATORS
 */
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [home, validators] = process.argv.slice(2);
const folder = (node) => join(home, "nodes", `node${node}`, "wasmd", "config");
const nodes = Array.from({ length: Number(validators) }, (_, node) => node);

const genesisFile = join(folder(0), "genesis.json");
const genesis = JSON.parse(readFileSync(genesisFile, "utf8"));
// Without a limit, a block takes what no other chain would.
genesis.consensus.params.block = { max_bytes: String(21 << 20), max_gas: "100000000" };
writeFileSync(genesisFile, JSON.stringify(genesis));

for (const node of nodes) {
  if (node > 0) {
    copyFileSync(genesisFile, join(folder(node), "genesis.json"));
  }
  for (const name of ["config.toml", "app.toml"]) {
    const file = join(folder(node), name);
    const text = readFileSync(file, "utf8")
      .replaceAll("0.0.0.0", "127.0.0.1")
      // Peers are written with addresses of another network.
      .replaceAll(/@192\.168\.\d+\.\d+:/g, "@127.0.0.1:")
      // Web pages read it.
      .replace(/^cors_allowed_origins = .*$/m, 'cors_allowed_origins = ["*"]')
      // The nodes would share its port.
      .replace(/^pprof_laddr = .*$/m, 'pprof_laddr = ""');
    writeFileSync(file, text);
  }
}
