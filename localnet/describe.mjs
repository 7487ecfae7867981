/**
 * Writes network.json, and prints it for people.
 *
 * Usage: node describe.mjs HOME VALIDATORS CHAIN_ID GAS_PRICE
 */
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [home, validators, chainId, gasPrice] = process.argv.slice(2);
const rpc = Array.from({ length: Number(validators) }, (_, i) => `http://127.0.0.1:${26657 + i}`);
const accounts = {};
for (const name of readdirSync(join(home, "accounts"))) {
  const file = (part) => join(home, "accounts", name, part);
  accounts[name] = {
    address: readFileSync(file("address"), "utf8").trim(),
    mnemonic_file: file("mnemonic"),
  };
}
const network = { chain_id: chainId, gas_price: gasPrice, rpc, accounts };
writeFileSync(join(home, "network.json"), `${JSON.stringify(network, null, 2)}\n`);

console.log(`chain      ${chainId}, gas from ${gasPrice}`);
for (const endpoint of rpc) {
  console.log(`rpc        ${endpoint}`);
}
for (const [name, { address, mnemonic_file }] of Object.entries(accounts)) {
  console.log(`${name.padEnd(9)}  ${address}, mnemonic in ${mnemonic_file}`);
}
