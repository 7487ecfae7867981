import { Comet38Client, type comet38 } from "@cosmjs/tendermint-rpc";
import {
  QuerySmartContractStateRequest,
  QuerySmartContractStateResponse,
} from "cosmjs-types/cosmwasm/wasm/v1/query";
import { Endpoint } from "./endpoint.js";
import { ChainError, quoted } from "./error.js";

/** The path of questions to contracts. */
const SMART_QUERY = "/cosmwasm.wasm.v1.Query/SmartContractState";

/** Transactions in a page: few, as each may have a megabyte. */
const PAGE = 10;

/** The most pages that are looked through. */
const MAX_PAGES = 20;

/** A chain as one of its nodes tells it. Nothing that it says is checked here. */
export class Node {
  readonly #client: Comet38Client;
  /** The chain's id. */
  readonly chainId: string;

  private constructor(client: Comet38Client, chainId: string) {
    this.#client = client;
    this.chainId = chainId;
  }

  /** Asks the node at this RPC endpoint for its chain. */
  static async connect(rpc: string): Promise<Node> {
    const client = Comet38Client.create(new Endpoint(rpc));
    const { nodeInfo, syncInfo } = await client.status();
    if (syncInfo.catchingUp) {
      throw new ChainError("node", "The node is still catching up with its chain: wait, or use another endpoint.");
    }
    return new Node(client, nodeInfo.network);
  }

  /** A contract's answer to a question. */
  async query<Answer>(contract: string, question: object): Promise<Answer> {
    const queryData = new TextEncoder().encode(JSON.stringify(question));
    const request = QuerySmartContractStateRequest.fromPartial({ address: contract, queryData });
    const data = QuerySmartContractStateRequest.encode(request).finish();
    const answer = await this.#client.abciQuery({ path: SMART_QUERY, data });
    if (answer.code !== 0) {
      throw refusal(contract, this.chainId, answer.log ?? "");
    }
    const { data: json } = QuerySmartContractStateResponse.decode(answer.value);
    return JSON.parse(new TextDecoder().decode(json)) as Answer;
  }

  /** The transactions that match a search, page by page. */
  async *transactions(query: string): AsyncGenerator<comet38.TxResponse> {
    let seen = 0;
    for (let page = 1; page <= MAX_PAGES; page++) {
      const { txs, totalCount } = await this.#client.txSearch({ query, page, per_page: PAGE });
      yield* txs;
      seen += txs.length;
      if (txs.length === 0 || seen >= totalCount) {
        return;
      }
    }
  }
}

/** Why a contract gives no answer, from the log. */
function refusal(contract: string, chainId: string, log: string): ChainError {
  if (/no such contract|bech32/.test(log)) {
    return new ChainError(
      "contract",
      `Chain ${chainId} has no contract ${contract}: check its address, and that the endpoint is of its chain.`,
    );
  }
  if (/unknown variant/.test(log)) {
    return new ChainError(
      "contract",
      `Contract ${contract} doesn't know the question: it is another contract than the address was given for, or another version.`,
    );
  }
  const words = quoted(log.replace(/: query wasm contract failed.*$/s, ""));
  return new ChainError("contract", `Contract ${contract} refuses the question: ${words}`);
}
