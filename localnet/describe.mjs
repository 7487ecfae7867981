/**
 * Writes network.json and assay.toml, and prints the first for people.
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

// What `assay --config` reads: a profile for each account.
const profile = ([name, { mnemonic_file }]) => `
[profiles.${name}]
chain_id = ${JSON.stringify(chainId)}
endpoints = ${JSON.stringify(rpc)}
gas_price = ${JSON.stringify(gasPrice)}
deployment = "deployment.json"
key = ${JSON.stringify(mnemonic_file)}
`;
writeFileSync(join(home, "assay.toml"), Object.entries(accounts).map(profile).join(""));

console.log(`chain      ${chainId}, gas from ${gasPrice}`);
for (const endpoint of rpc) {
  console.log(`rpc        ${endpoint}`);
}
for (const [name, { address, mnemonic_file }] of Object.entries(accounts)) {
  console.log(`${name.padEnd(9)}  ${address}, mnemonic in ${mnemonic_file}`);
}
