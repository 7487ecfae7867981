import { toHex } from "@cosmjs/encoding";
import type { comet38 } from "@cosmjs/tendermint-rpc";
import { Tx } from "cosmjs-types/cosmos/tx/v1beta1/tx";
import { MsgExecuteContract } from "cosmjs-types/cosmwasm/wasm/v1/tx";
import { ChainError } from "./error.js";
import type { Node } from "./node.js";

/** The type of messages to contracts in a transaction. */
const EXECUTE = "/cosmwasm.wasm.v1.MsgExecuteContract";

/** The message that a contract paid for, and where it was found. */
export interface Payment<Message> {
  message: Message;
  /** The transaction's hash, as explorers write it. */
  transaction: string;
  /** The block's height. */
  height: number;
}

/** How such a message is recognised. */
export interface Paid {
  /** The contract that paid. */
  contract: string;
  /** The message's name. */
  name: string;
  /** Its fields that say what was paid for. */
  fields: Record<string, number>;
  /** What the contract's event says of them. */
  attributes: Record<string, number>;
}

/**
 * Finds the message that was paid for. A contract pays once for each thing, so there is one:
 * in a transaction that didn't fail and has the contract's own event of it.
 *
 * @throws {ChainError} `no_transaction`, `inside`.
 */
export async function findPayment<Message>(node: Node, paid: Paid): Promise<Payment<Message>> {
  let inside;
  for await (const transaction of node.transactions(search(paid))) {
    if (!succeeded(transaction, paid)) {
      continue;
    }
    const found = { transaction: toHex(transaction.hash).toUpperCase(), height: transaction.height };
    const message = messages(transaction.tx, paid.contract).find((message) => isPaid(message, paid));
    if (message !== undefined) {
      return { message: (message as Record<string, Message>)[paid.name] as Message, ...found };
    }
    inside ??= found.transaction;
  }
  if (inside !== undefined) {
    throw new ChainError(
      "inside",
      `Transaction ${inside} brought the proof inside another message, by another contract say: ask its sender for the proof file, and drop it here.`,
    );
  }
  throw new ChainError(
    "no_transaction",
    "The node doesn't have the transaction with the proof: use an endpoint that keeps and indexes all transactions.",
  );
}

const eventType = ({ name }: Paid) => `wasm-assay-${name}`;

/** The contract that an event comes from is said by the chain, never by a contract. */
const attributesOf = ({ contract, attributes }: Paid): [string, string][] => [
  ["_contract_address", contract],
  ...Object.entries(attributes).map(([key, value]): [string, string] => [key, String(value)]),
];

function search(paid: Paid): string {
  return attributesOf(paid)
    .map(([key, value]) => `${eventType(paid)}.${key}='${value}'`)
    .join(" AND ");
}

function succeeded({ result }: comet38.TxResponse, paid: Paid): boolean {
  const has = (event: (typeof result.events)[number]) =>
    attributesOf(paid).every(([key, value]) =>
      event.attributes.some((attribute) => attribute.key === key && attribute.value === value),
    );
  return result.code === 0 && result.events.some((event) => event.type === eventType(paid) && has(event));
}

/** The messages to a contract in a transaction. */
function messages(bytes: Uint8Array, contract: string): unknown[] {
  const { body } = Tx.decode(bytes);
  return (body?.messages ?? [])
    .filter(({ typeUrl }) => typeUrl === EXECUTE)
    .map(({ value }) => MsgExecuteContract.decode(value))
    .filter((message) => message.contract === contract)
    .map(({ msg }) => JSON.parse(new TextDecoder().decode(msg)) as unknown);
}

function isPaid(message: unknown, { name, fields }: Paid): boolean {
  const content = (message as Record<string, Record<string, unknown> | null> | null)?.[name];
  return content != null && Object.entries(fields).every(([field, value]) => content[field] === value);
}
