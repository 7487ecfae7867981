//! The registries and the contract under test on cw-multi-test's chain, with a bank and a
//! token that can refuse.

use assay_protocol::circuit::Kind;
use assay_protocol::id::{CircuitId, DatasetId};
use assay_protocol::messages::denomination::CW20_PREFIX;
use assay_protocol::messages::escrow::{CreditsResponse, InstantiateMsg};
use assay_protocol::messages::{circuit_registry, dataset_registry, model_store};
use cosmwasm_std::{Addr, Coin, StdResult, Uint128, Uint256, coin, to_json_binary, wasm_execute};
use cw_multi_test::{App, AppBuilder, AppResponse, BankKeeper, Executor, IntoAddr};
use serde::de::DeserializeOwned;

use crate::bank::RefusingBank;
use crate::contract::{ExecuteMsg, QueryMsg};
use crate::deployment::{
    DAY, circuit_registry, dataset_registry, deploy, deploy_token, model_store, register_circuit,
    register_datasets, register_model, trusted, under_test, upload,
};
use crate::escrow::cw20;
use crate::token;
use crate::trapdoor::Trapdoor;

/// Who has money: [`FUNDS`] of each token.
pub const ACTORS: [&str; 4] = ["poster", "worker", "rival", "stranger"];
/// The native tokens there are; beside them there is a cw20 token.
pub const DENOMS: [&str; 2] = ["other", "token"];
/// What everybody has of each token at first.
pub const FUNDS: u128 = 1_000_000;
/// A dataset of "rival" that costs 7 of a native token and a tenth of the reward.
pub const PRICED: DatasetId = DatasetId(2);
/// A dataset of "worker" that costs 5 of the cw20 token and half of the reward.
pub const PRICED_IN_CW20: DatasetId = DatasetId(3);

pub struct Chain {
    pub app: App<RefusingBank>,
    pub bank: RefusingBank,
    /// The contract under test.
    pub escrow: Addr,
    /// A cw20 token.
    pub cw20: Addr,
    /// A circuit for training.
    pub circuit: CircuitId,
    /// Circuits for predictions of public and of hidden models.
    pub predictions: [CircuitId; 2],
}

impl Chain {
    /// A chain with the registries filled: three datasets, a circuit of each kind with a
    /// development key, [`BLOB`], which everybody pins, and a hidden model of "worker".
    pub fn new() -> Self {
        let bank = RefusingBank::default();
        let mut app = AppBuilder::new()
            .with_bank(bank.clone())
            .build(|_, _, storage| {
                for actor in ACTORS {
                    let funds = DENOMS.map(|denom| coin(FUNDS, denom)).to_vec();
                    BankKeeper::new()
                        .init_balance(storage, &actor.into_addr(), funds)
                        .unwrap();
                }
            });
        let circuits = deploy(
            &mut app,
            circuit_registry(),
            &circuit_registry::InstantiateMsg {},
        );
        let datasets = deploy(
            &mut app,
            dataset_registry(),
            &dataset_registry::InstantiateMsg {},
        );
        let msg = model_store::InstantiateMsg {
            circuit_registry: trusted(&app, &circuits),
            dataset_registry: trusted(&app, &datasets),
            allow_development_keys: true,
            deposit: None,
            upload_window: DAY,
            hold: DAY,
        };
        let models = deploy(&mut app, model_store(), &msg);
        let mut register = |kind, key| register_circuit(&mut app, &circuits, kind, key);
        let circuit = register(Kind::TrainingPublic, Trapdoor::new(1));
        let predictions = [
            register(Kind::PredictionPublic, Trapdoor::new(2)),
            register(Kind::PredictionHidden, Trapdoor::new(3)),
        ];
        let cw20 = deploy_token(&mut app);
        register_datasets(&mut app, &datasets, &cw20);
        upload(&mut app, &models);
        register_model(&mut app, &models);
        let msg = InstantiateMsg {
            circuit_registry: trusted(&app, &circuits),
            dataset_registry: trusted(&app, &datasets),
            model_store: trusted(&app, &models),
            allow_development_keys: true,
        };
        let escrow = deploy(&mut app, under_test(), &msg);
        Self {
            app,
            bank,
            escrow,
            cw20,
            circuit,
            predictions,
        }
    }

    /// Sends a message with native coins, or by way of a token with its amount.
    pub fn send(
        &mut self,
        sender: &str,
        funds: &[Coin],
        msg: &ExecuteMsg,
    ) -> StdResult<AppResponse> {
        let escrow = self.escrow.clone();
        let sender = sender.into_addr();
        if let [Coin { denom, amount }] = funds
            && let Some(token) = denom.strip_prefix(CW20_PREFIX)
        {
            let send = token::ExecuteMsg::Send {
                contract: escrow.into(),
                amount: Uint128::try_from(*amount).unwrap(),
                msg: to_json_binary(msg).unwrap(),
            };
            let token = Addr::unchecked(token);
            return self.app.execute_contract(sender, token, &send, &[]);
        }
        self.app.execute_contract(sender, escrow, msg, funds)
    }

    /// Sends a message to the token, as a stranger.
    pub fn tell(&mut self, token: &Addr, msg: &token::ExecuteMsg) -> StdResult<AppResponse> {
        let message = wasm_execute(token, msg, vec![]).unwrap();
        self.app.execute("stranger".into_addr(), message.into())
    }

    /// Another cw20 token, of which everybody has some.
    pub fn another_token(&mut self) -> Addr {
        deploy_token(&mut self.app)
    }

    /// Every denomination there is.
    pub fn denoms(&self) -> [String; 3] {
        let [other, token] = DENOMS.map(String::from);
        [other, token, cw20(&self.cw20)]
    }

    /// Lets nobody pay an address, or everybody again.
    pub fn refuse(&mut self, actor: &str, is_refused: bool) {
        let address = actor.into_addr();
        match is_refused {
            true => self.bank.refuse(address.as_str()),
            false => self.bank.allow(address.as_str()),
        }
        let (address, is_blocked) = (address.into(), is_refused);
        let block = token::ExecuteMsg::Block {
            address,
            is_blocked,
        };
        self.tell(&self.cw20.clone(), &block).unwrap();
    }

    pub fn advance(&mut self, seconds: u64, blocks: u64) {
        self.app.update_block(|block| {
            block.time = block.time.plus_seconds(seconds);
            block.height += blocks;
        });
    }

    pub fn balance(&self, address: &Addr, denom: &str) -> Uint256 {
        let Some(token) = denom.strip_prefix(CW20_PREFIX) else {
            let found = self.app.wrap().query_balance(address, denom);
            return found.unwrap().amount;
        };
        let address = address.to_string();
        let query = token::QueryMsg::Balance { address };
        let found: StdResult<Uint128> = self.app.wrap().query_wasm_smart(token, &query);
        found.unwrap().into()
    }

    /// How much more of a token each has than at first, and what the contract has.
    pub fn gains(&self, names: &[&str], denom: &str) -> Vec<i128> {
        let amount = |address: &Addr| self.balance(address, denom).to_string();
        let held = amount(&self.escrow).parse().unwrap();
        let gains = names.iter().map(|name| {
            let has: i128 = amount(&name.into_addr()).parse().unwrap();
            has - FUNDS as i128
        });
        gains.chain([held]).collect()
    }

    pub fn ask<T: DeserializeOwned>(&self, msg: QueryMsg) -> T {
        self.app
            .wrap()
            .query_wasm_smart(&self.escrow, &msg)
            .unwrap()
    }

    pub fn credits(&self, actor: &str) -> Vec<Coin> {
        let page: CreditsResponse = self.ask(QueryMsg::Credits {
            address: actor.into_addr().into(),
            start_after: None,
            limit: None,
        });
        page.credits
    }
}
