/** A CometBFT node's RPC on loopback, as much of it as is asked, telling a chain as it is given. */
import { createServer } from "node:http";
import { fromHex, fromUtf8, toBase64, toUtf8 } from "@cosmjs/encoding";
import {
  QuerySmartContractStateRequest,
  QuerySmartContractStateResponse,
} from "cosmjs-types/cosmwasm/wasm/v1/query";
import { answer } from "./fake-chain.mjs";

const status = ({ chainId, catchingUp = false }) => ({
  node_info: {
    id: "00".repeat(20),
    listen_addr: "tcp://127.0.0.1:26656",
    network: chainId,
    version: "0.39.0",
    channels: "40",
    moniker: "fake",
    protocol_version: { p2p: "8", block: "11", app: "0" },
    other: { tx_index: "on" },
  },
  sync_info: {
    latest_block_hash: "00",
    latest_app_hash: "00",
    latest_block_height: "20",
    latest_block_time: "2026-01-01T00:00:00Z",
    catching_up: catchingUp,
  },
  validator_info: {
    address: "00",
    pub_key: { type: "tendermint/PubKeyEd25519", value: toBase64(new Uint8Array(32)) },
    voting_power: "1",
  },
});

function abciQuery(chain, { data }) {
  const { address, queryData } = QuerySmartContractStateRequest.decode(fromHex(data));
  const { error, value } = answer(chain, address, JSON.parse(fromUtf8(queryData)));
  if (error !== undefined) {
    return { response: { code: 9, codespace: "wasm", log: error, height: "20", index: "0" } };
  }
  const json = typeof value === "object" && value?.raw !== undefined ? value.raw : JSON.stringify(value);
  const response = QuerySmartContractStateResponse.encode({ data: toUtf8(json) }).finish();
  return { response: { code: 0, value: toBase64(response), height: "20", index: "0" } };
}

function txSearch({ transactions }, { page, per_page }) {
  const first = (Number(page) - 1) * Number(per_page);
  return {
    txs: transactions.slice(first, first + Number(per_page)),
    total_count: String(transactions.length),
  };
}

const METHODS = { status, abci_query: abciQuery, tx_search: txSearch };

async function body(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString();
}

/**
 * Serves a chain. `asked` lists the methods that were called; `before` is awaited before each
 * answer and can take its place.
 */
export async function serveNode(chain, before = async () => undefined) {
  const asked = [];
  const server = createServer(async (request, response) => {
    response.setHeader("access-control-allow-origin", "*");
    response.setHeader("access-control-allow-headers", "content-type");
    if (request.method === "OPTIONS") {
      response.end();
      return;
    }
    const { id, method, params } = JSON.parse(await body(request));
    asked.push({ method, params });
    const instead = await before(method, response);
    if (response.writableEnded) {
      return;
    }
    const answer = instead ?? { result: METHODS[method](chain, params) };
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ jsonrpc: "2.0", id, ...answer }));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    rpc: `http://127.0.0.1:${server.address().port}/`,
    asked,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
