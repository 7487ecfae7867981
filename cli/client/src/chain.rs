//! What a chain holds, read from any of several endpoints.

use std::ops::RangeInclusive;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use cosmrs::proto::cosmos::auth::v1beta1::{
    BaseAccount, QueryAccountRequest, QueryAccountResponse,
};
use cosmrs::proto::cosmos::bank::v1beta1::{QueryBalanceRequest, QueryBalanceResponse};
use cosmrs::proto::cosmwasm::wasm::v1::{
    QueryCodeRequest, QueryCodeResponse, QueryContractInfoRequest, QueryContractInfoResponse,
    QuerySmartContractStateRequest, QuerySmartContractStateResponse,
};
use cosmrs::proto::prost::Message as Proto;
use cosmrs::tendermint::Hash;
use cosmrs::tendermint::node::info::TxIndexStatus;
use cosmwasm_std::Uint256;
use futures::future::join_all;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use tendermint_rpc::SimpleRequest;
use tendermint_rpc::endpoint::{abci_query, block, block_results, header, status, tx};
use tokio::sync::OnceCell;

use crate::executed::Executed;
use crate::reason::{node_panicked, reason};
use crate::rpc::{Failure, Rpc};
use crate::{Error, Network};

/// How long the endpoints are asked again where none answers.
const PATIENCE: Duration = Duration::from_secs(60);

/// Over how many blocks their rate is measured.
pub const RATE_BLOCKS: u64 = 100;

/// How long the endpoints have to say their heights.
const SURVEY: Duration = Duration::from_secs(2);

/// The first pause between two rounds; each is longer by a half, up to the longest.
const FIRST_PAUSE: Duration = Duration::from_millis(250);
const LONGEST_PAUSE: Duration = Duration::from_secs(3);

/// A chain as its nodes show it. What one node has shown, no other can take back: answers
/// from before the newest height seen are not taken.
#[derive(Debug)]
pub struct Chain {
    network: Network,
    endpoints: Vec<Endpoint>,
    /// The endpoint that answered last.
    current: AtomicUsize,
    /// The height up to which this process has seen the chain.
    seen: AtomicU64,
    patience: Duration,
    /// Whether the endpoints' heights have been compared.
    surveyed: OnceCell<()>,
}

#[derive(Debug)]
struct Endpoint {
    rpc: Rpc,
    /// Whether it is known to be a node of this chain.
    verified: AtomicBool,
}

/// What signing needs of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccountState {
    /// Its number.
    pub number: u64,
    /// The sequence of its next transaction.
    pub sequence: u64,
}

/// A contract as the chain knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContractInfo {
    /// Its code.
    pub code_id: u64,
    /// Who can change its code.
    pub admin: Option<String>,
}

/// Whether a transaction was executed, by one node.
#[derive(Clone, Debug)]
pub enum Found {
    /// It was, and did what it should.
    Executed(Executed),
    /// It is in a block, and failed. If that used up no sequence, it may come into another.
    Failed {
        /// Why.
        reason: String,
        /// The node's blocks.
        index: Index,
    },
    /// It isn't in the node's index.
    Not(Index),
}

/// Up to where a node knows the transactions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Index {
    /// Its newest block.
    pub height: u64,
}

impl Chain {
    /// A chain whose endpoints are tried in their order. Nothing is asked yet.
    ///
    /// # Errors
    /// [`Error::Endpoint`], [`Error::NoEndpoint`].
    pub fn new(network: Network) -> Result<Self, Error> {
        let http = reqwest::Client::new();
        let endpoints = network.endpoints.iter().map(|url| {
            Ok(Endpoint {
                rpc: Rpc::new(&http, url)?,
                verified: AtomicBool::new(false),
            })
        });
        let endpoints = endpoints.collect::<Result<Vec<_>, Error>>()?;
        if endpoints.is_empty() {
            return Err(Error::NoEndpoint);
        }
        Ok(Self {
            network,
            endpoints,
            current: AtomicUsize::new(0),
            seen: AtomicU64::new(0),
            patience: PATIENCE,
            surveyed: OnceCell::new(),
        })
    }

    /// Asks for so long where no endpoint answers, instead of a minute.
    #[must_use]
    pub fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// Which chain.
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// How long the endpoints are asked again where none answers.
    pub fn patience(&self) -> Duration {
        self.patience
    }

    /// The height of the newest block.
    ///
    /// # Errors
    /// [`Error::Unreachable`], [`Error::OtherChain`].
    pub async fn height(&self) -> Result<u64, Error> {
        let status = self.ask(|| status::Request).await?;
        let height = status.sync_info.latest_block_height.value();
        self.seen.fetch_max(height, Ordering::Relaxed);
        Ok(height)
    }

    /// The time of the newest block in seconds since 1970.
    ///
    /// # Errors
    /// As [`height`](Self::height).
    pub async fn time(&self) -> Result<u64, Error> {
        let status = self.ask(|| status::Request).await?;
        let time = status.sync_info.latest_block_time.unix_timestamp();
        Ok(u64::try_from(time).unwrap_or(0))
    }

    /// How many blocks the chain has made lately, in how many seconds: about the last
    /// [`RATE_BLOCKS`].
    ///
    /// # Errors
    /// As [`height`](Self::height).
    pub async fn block_rate(&self) -> Result<(u64, u64), Error> {
        let info = self.ask(|| status::Request).await?.sync_info;
        let newest = info.latest_block_height.value();
        let earliest = info.earliest_block_height.value();
        let before = newest.saturating_sub(RATE_BLOCKS).max(earliest).max(1);
        let height = u32::try_from(before).map_err(unreadable)?;
        let header = self.ask(|| header::Request::new(height.into())).await?;
        let since = info.latest_block_time.duration_since(header.header.time);
        let seconds = since.map_err(unreadable)?.as_secs();
        Ok((newest.saturating_sub(before).max(1), seconds.max(1)))
    }

    /// From now on answers from before `height` are not taken.
    pub fn expect_height(&self, height: u64) {
        self.seen.fetch_max(height, Ordering::Relaxed);
    }

    /// What signing needs of an account.
    ///
    /// # Errors
    /// [`Error::NoAccount`] for one that has never had anything.
    pub async fn account(&self, address: &str) -> Result<AccountState, Error> {
        Ok(self.account_at(address).await?.0)
    }

    /// As [`account`](Self::account), and the height of the block after which it is so.
    ///
    /// # Errors
    /// As [`account`](Self::account).
    pub async fn account_at(&self, address: &str) -> Result<(AccountState, u64), Error> {
        let request = QueryAccountRequest {
            address: address.into(),
        };
        let path = "/cosmos.auth.v1beta1.Query/Account";
        let answer: Result<(QueryAccountResponse, u64), Error> =
            self.query_with_height(path, &request).await;
        let (response, height) = match answer {
            Err(Error::Query(said)) if said.contains("not found") => {
                return Err(Error::NoAccount(address.into()));
            }
            answer => answer?,
        };
        let any = response.account.unwrap_or_default();
        let account = BaseAccount::decode(any.value.as_slice()).map_err(unreadable)?;
        let state = AccountState {
            number: account.account_number,
            sequence: account.sequence,
        };
        Ok((state, height))
    }

    /// How much an address has of a denomination of the bank's.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn balance(&self, address: &str, denom: &str) -> Result<Uint256, Error> {
        let request = QueryBalanceRequest {
            address: address.into(),
            denom: denom.into(),
        };
        let path = "/cosmos.bank.v1beta1.Query/Balance";
        let response: QueryBalanceResponse = self.query(path, &request).await?;
        let amount = response.balance.unwrap_or_default().amount;
        amount.parse().map_err(|_| Error::Answer(amount))
    }

    /// A contract's answer to a query.
    ///
    /// # Errors
    /// [`Error::Query`] with the contract's reason.
    pub async fn smart<R: DeserializeOwned>(
        &self,
        contract: &str,
        query: &impl Serialize,
    ) -> Result<R, Error> {
        let request = QuerySmartContractStateRequest {
            address: contract.into(),
            query_data: serde_json::to_vec(query).map_err(unreadable)?,
        };
        let path = "/cosmwasm.wasm.v1.Query/SmartContractState";
        let response: QuerySmartContractStateResponse = self.query(path, &request).await?;
        serde_json::from_slice(&response.data).map_err(unreadable)
    }

    /// What the chain knows of a contract.
    ///
    /// # Errors
    /// [`Error::Query`] for what is no contract.
    pub async fn contract(&self, address: &str) -> Result<ContractInfo, Error> {
        let request = QueryContractInfoRequest {
            address: address.into(),
        };
        let path = "/cosmwasm.wasm.v1.Query/ContractInfo";
        let response: QueryContractInfoResponse = self.query(path, &request).await?;
        let info = response.contract_info.unwrap_or_default();
        Ok(ContractInfo {
            code_id: info.code_id,
            admin: Some(info.admin).filter(|admin| !admin.is_empty()),
        })
    }

    /// The SHA-256 of the Wasm that a code id stands for, computed here from the code itself.
    ///
    /// # Errors
    /// [`Error::Query`] if there is no such code.
    pub async fn code_checksum(&self, code_id: u64) -> Result<[u8; 32], Error> {
        let path = "/cosmwasm.wasm.v1.Query/Code";
        let response: QueryCodeResponse = self.query(path, &QueryCodeRequest { code_id }).await?;
        Ok(Sha256::digest(&response.data).into())
    }

    /// Whether the endpoint that answers has a transaction in a block. What it says of the
    /// height holds for its index: it is asked for the height first.
    ///
    /// # Errors
    /// [`Error`], also if that node keeps no index of transactions.
    pub async fn find(&self, hash: [u8; 32]) -> Result<Found, Error> {
        let request = || tx::Request::new(Hash::Sha256(hash), false);
        self.with_endpoint(|rpc| find(rpc, request())).await
    }

    /// What became of a transaction, in these blocks as they are: an index can lack what a
    /// block holds, if its node was killed between the two. Nothing if none of them holds it;
    /// why it failed, if it never did anything else.
    ///
    /// # Errors
    /// [`Error::Unreachable`] if no endpoint has all of the blocks.
    pub async fn find_in_blocks(
        &self,
        hash: [u8; 32],
        heights: RangeInclusive<u64>,
    ) -> Result<Option<Result<Executed, String>>, Error> {
        let mut failed = None;
        for height in heights {
            let found = self
                .with_endpoint(|rpc| async move {
                    let found = find_in_block(rpc, hash, height).await;
                    // What one node has not, or not any more, another may have.
                    found.map_err(|failure| match failure {
                        Failure::Said(said) => {
                            Failure::Unreachable(format!("{}: {said}", rpc.url()))
                        }
                        unreachable => unreachable,
                    })
                })
                .await?;
            match found {
                Some(Ok(executed)) => return Ok(Some(Ok(executed))),
                Some(Err(reason)) => failed = Some(Err(reason)),
                None => {}
            }
        }
        Ok(failed)
    }

    /// Sends a protobuf query.
    ///
    /// # Errors
    /// [`Error::Query`] with the chain's reason.
    pub async fn query<R: Proto + Default>(
        &self,
        path: &str,
        request: &impl Proto,
    ) -> Result<R, Error> {
        Ok(self.query_with_height(path, request).await?.0)
    }

    async fn query_with_height<R: Proto + Default>(
        &self,
        path: &str,
        request: &impl Proto,
    ) -> Result<(R, u64), Error> {
        let data = request.encode_to_vec();
        let response = self
            .with_endpoint(|rpc| {
                let data = data.clone();
                async move { self.query_at(rpc, path, data).await }
            })
            .await?;
        let answer = R::decode(response.value.as_slice()).map_err(unreadable)?;
        Ok((answer, response.height.value()))
    }

    async fn query_at(
        &self,
        rpc: &Rpc,
        path: &str,
        data: Vec<u8>,
    ) -> Result<abci_query::AbciQuery, Failure> {
        let request = abci_query::Request::new(Some(path.into()), data, None, false);
        let mut response = rpc.ask(request.clone()).await?.response;
        if response.code.is_err() {
            // A refusal doesn't say of which height it is: what the node doesn't know yet it
            // refuses too. So it counts once the node isn't behind.
            let status = rpc.ask(status::Request).await?;
            self.expect_current(rpc, status.sync_info.latest_block_height.value())?;
            response = rpc.ask(request).await?.response;
        } else {
            self.expect_current(rpc, response.height.value())?;
        }
        if response.code.is_ok() {
            return Ok(response);
        }
        let reason = reason(&response.log);
        Err(match node_panicked(&reason) {
            true => Failure::Unreachable(format!("{}: {reason}", rpc.url())),
            false => Failure::Said(reason),
        })
    }

    /// Refuses a node that is behind what this process has seen.
    fn expect_current(&self, rpc: &Rpc, height: u64) -> Result<(), Failure> {
        let seen = self.seen.load(Ordering::Relaxed);
        if height >= seen {
            return Ok(());
        }
        Err(Failure::Unreachable(format!(
            "{} is at height {height}, behind {seen}",
            rpc.url()
        )))
    }

    /// Asks the endpoint that answered last, and the others if it doesn't.
    async fn ask<R: SimpleRequest>(&self, request: impl Fn() -> R) -> Result<R::Output, Error> {
        self.with_endpoint(|rpc| rpc.ask(request())).await
    }

    /// Tries the endpoints in turn, and again after a while, until one answers.
    async fn with_endpoint<'a, T, F>(&'a self, ask: impl Fn(&'a Rpc) -> F) -> Result<T, Error>
    where
        F: Future<Output = Result<T, Failure>>,
    {
        self.surveyed.get_or_init(|| self.survey()).await;
        let begun = Instant::now();
        let mut pause = FIRST_PAUSE;
        loop {
            let mut reason = String::new();
            for _ in &self.endpoints {
                let endpoint = self.endpoint();
                let answer = match self.verify(endpoint).await? {
                    Ok(()) => ask(&endpoint.rpc).await,
                    Err(failure) => Err(failure),
                };
                match answer {
                    Ok(answer) => return Ok(answer),
                    Err(Failure::Said(said)) => return Err(Error::Query(said)),
                    Err(Failure::Unreachable(why)) => reason = why,
                }
                self.next_endpoint();
            }
            if begun.elapsed() > self.patience {
                return Err(Error::Unreachable { reason });
            }
            tracing::debug!(%reason, "no endpoint answers");
            tokio::time::sleep(pause).await;
            pause = (pause * 3 / 2).min(LONGEST_PAUSE);
        }
    }

    /// Asks all endpoints for their heights once, so that nothing is taken from one that lags
    /// behind the others. What one alone says of itself can't be compared with anything.
    async fn survey(&self) {
        if self.endpoints.len() < 2 {
            return;
        }
        let heights = self.endpoints.iter().map(|endpoint| async {
            let asked = endpoint.rpc.ask(status::Request);
            let status = tokio::time::timeout(SURVEY, asked).await.ok()?.ok()?;
            let is_of_chain = status.node_info.network.as_str() == self.network.chain_id;
            is_of_chain.then(|| status.sync_info.latest_block_height.value())
        });
        let heights = join_all(heights).await;
        self.expect_height(heights.into_iter().flatten().max().unwrap_or(0));
    }

    /// The endpoint that is asked first.
    pub(crate) fn current(&self) -> &Rpc {
        &self.endpoint().rpc
    }

    fn endpoint(&self) -> &Endpoint {
        let index = self.current.load(Ordering::Relaxed) % self.endpoints.len();
        &self.endpoints[index]
    }

    /// Goes on with the next endpoint.
    pub(crate) fn next_endpoint(&self) {
        self.current.fetch_add(1, Ordering::Relaxed);
    }

    /// Checks once that an endpoint is a node of this chain; the inner error if it doesn't
    /// answer.
    async fn verify(&self, endpoint: &Endpoint) -> Result<Result<(), Failure>, Error> {
        if endpoint.verified.load(Ordering::Relaxed) {
            return Ok(Ok(()));
        }
        let status = match endpoint.rpc.ask(status::Request).await {
            Ok(status) => status,
            Err(Failure::Said(said) | Failure::Unreachable(said)) => {
                return Ok(Err(Failure::Unreachable(said)));
            }
        };
        let found = status.node_info.network.to_string();
        if found != self.network.chain_id {
            return Err(Error::OtherChain {
                endpoint: endpoint.rpc.url().into(),
                found,
                expected: self.network.chain_id.clone(),
            });
        }
        endpoint.verified.store(true, Ordering::Relaxed);
        Ok(Ok(()))
    }
}

async fn find(rpc: &Rpc, request: tx::Request) -> Result<Found, Failure> {
    let status = rpc.ask(status::Request).await?;
    // A node without an index never finds anything, and that would look like "not executed".
    if status.node_info.other.tx_index != TxIndexStatus::On {
        return Err(Failure::Unreachable(format!(
            "{} keeps no index of transactions",
            rpc.url()
        )));
    }
    let height = status.sync_info.latest_block_height.value();
    let index = Index { height };
    match rpc.ask(request).await {
        Ok(response) if response.tx_result.code.is_ok() => {
            Ok(Found::Executed(Executed::from_result(
                response.hash.to_string(),
                response.height.value(),
                response.tx_result,
            )))
        }
        Ok(response) => {
            let reason = reason(&response.tx_result.log);
            Ok(Found::Failed { reason, index })
        }
        // "tx (HASH) not found, err: ...", and not "method not found".
        Err(Failure::Said(said)) if said.contains("tx (") && said.contains(") not found") => {
            Ok(Found::Not(index))
        }
        Err(Failure::Said(said)) => Err(Failure::Unreachable(format!("{}: {said}", rpc.url()))),
        Err(failure) => Err(failure),
    }
}

async fn find_in_block(
    rpc: &Rpc,
    hash: [u8; 32],
    height: u64,
) -> Result<Option<Result<Executed, String>>, Failure> {
    let unreadable = |what: &str| Failure::Unreachable(format!("{}: {what}", rpc.url()));
    let at = u32::try_from(height).map_err(|_| unreadable("a height beyond all"))?;
    let block = rpc.ask(block::Request::new(at.into())).await?.block;
    if block.header.height.value() != height {
        return Err(unreadable("another block than the one asked for"));
    }
    let is_sought = |transaction: &Vec<u8>| Sha256::digest(transaction)[..] == hash;
    if !block.data.iter().any(is_sought) {
        return Ok(None);
    }
    let results = rpc.ask(block_results::Request::new(at.into())).await?;
    let results = results.txs_results.unwrap_or_default();
    if results.len() != block.data.len() {
        return Err(unreadable("a block without its results"));
    }
    // A block may hold it twice: too early, where it fails, and again.
    let mut failed = None;
    for (transaction, result) in block.data.iter().zip(results) {
        if is_sought(transaction) && result.code.is_ok() {
            let hash = Hash::Sha256(hash).to_string();
            return Ok(Some(Ok(Executed::from_result(hash, height, result))));
        }
        if is_sought(transaction) {
            failed = Some(Err(reason(&result.log)));
        }
    }
    Ok(failed)
}

fn unreadable(error: impl std::fmt::Display) -> Error {
    Error::Answer(error.to_string())
}
