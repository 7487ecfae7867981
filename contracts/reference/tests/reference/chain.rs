//! The contracts on cw-multi-test's chain, driven by the model's steps.

use std::cell::RefCell;
use std::collections::BTreeMap;

use assay_protocol::messages::escrow::Receive;
use assay_reference::message::{Call, Message, Step};
use assay_reference::money::{Coin, Who};
use assay_reference::proof::Parameters;
use assay_reference::store::Keeping;
use assay_reference::time::Moment;
use assay_reference::world::{Behaviour, Blockable};
use cosmwasm_std::{Addr, BankMsg, Binary, CosmosMsg, StdResult, WasmMsg, to_json_binary};
use cw_multi_test::{App, AppBuilder, BankKeeper, Executor, IntoAddr};

use crate::accounts::{CONTRACTS, EVIL, HONEST, MALLORY, NATIVES, NONSENSE, PEOPLE, to_u128};
use crate::bank::RefusingBank;
use crate::deploy::{self, Deployed, KINDS};
use crate::forge::Forger;
use crate::token;
use crate::wire;

mod names;

/// The chain, and what the model's names stand for.
pub struct Chain {
    pub app: App<RefusingBank>,
    bank: RefusingBank,
    addresses: Vec<Addr>,
    denoms: Vec<String>,
    circuits: Vec<assay_protocol::id::CircuitId>,
    pub forgers: std::rc::Rc<Vec<Forger>>,
    /// What names contents, once computed.
    pub(crate) names: RefCell<BTreeMap<Parameters, assay_protocol::parameters::PublicParameters>>,
}

/// A forger for each kind of circuit.
pub fn forgers() -> std::rc::Rc<Vec<Forger>> {
    let forgers = (1..).zip(KINDS);
    let forgers = forgers.map(|(seed, (_, is_challenged))| Forger::new(seed, is_challenged));
    std::rc::Rc::new(forgers.collect())
}

impl Chain {
    /// A chain on which people have `funds`, and the contracts have nothing.
    pub fn new(
        forgers: std::rc::Rc<Vec<Forger>>,
        now: Moment,
        keeping: &Keeping,
        funds: &[(Who, Coin)],
    ) -> Self {
        let bank = RefusingBank::default();
        let mut app = AppBuilder::new()
            .with_bank(bank.clone())
            .build(|_, _, _| {});
        app.update_block(|block| {
            block.time = wire::timestamp(now);
            block.height = now.height as u64;
        });
        let deployed = deploy::all(&mut app, &forgers, |circuits, datasets| {
            wire::keeping(circuits, datasets, keeping)
        });
        let mut chain = Self::around(app, bank, deployed, forgers);
        chain.endow(funds);
        chain
    }

    fn around(
        app: App<RefusingBank>,
        bank: RefusingBank,
        deployed: Deployed,
        forgers: std::rc::Rc<Vec<Forger>>,
    ) -> Self {
        let mut addresses: Vec<Addr> = PEOPLE.iter().map(|name| name.into_addr()).collect();
        let [honest, evil] = deployed.tokens;
        addresses.extend([deployed.datasets, deployed.store, deployed.jobs]);
        addresses.extend([deployed.predictions, honest, evil, "stranger".into_addr()]);
        let token = |who: Who| format!("cw20:{}", addresses[usize::from(who.0)]);
        let mut denoms: Vec<String> = NATIVES.map(String::from).into();
        denoms.extend([HONEST, EVIL, MALLORY].map(token));
        denoms.push(token(HONEST));
        let shouted = addresses[usize::from(HONEST.0)].as_str().to_uppercase();
        denoms.push(format!("cw20:{shouted}"));
        denoms.extend(NONSENSE.map(String::from));
        Self {
            app,
            bank,
            addresses,
            denoms,
            circuits: deployed.circuits,
            forgers,
            names: RefCell::default(),
        }
    }

    fn endow(&mut self, funds: &[(Who, Coin)]) {
        let mut of_bank: BTreeMap<Who, Vec<cosmwasm_std::Coin>> = BTreeMap::new();
        for (who, coin) in funds {
            let Some(token) = self.token(coin.denom) else {
                let coins = of_bank.entry(*who).or_default();
                coins.push(self.coin(coin));
                continue;
            };
            let to = self.address(*who).to_string();
            let amount = to_u128(&coin.amount);
            self.tell(token, &token::ExecuteMsg::Mint { to, amount });
        }
        for (who, coins) in of_bank {
            let address = self.address(who).clone();
            let storage = self.app.storage_mut();
            let keeper = BankKeeper::new();
            keeper.init_balance(storage, &address, coins).unwrap();
        }
    }

    /// Takes a step, as a transaction of its own.
    pub fn step(&mut self, step: &Step) -> Result<(), String> {
        let done = match step {
            Step::Call {
                sender,
                coins,
                call,
            } => self.call(*sender, coins, call),
            Step::Pay {
                sender,
                coin,
                message,
            } => {
                let send = token::ExecuteMsg::Send {
                    contract: self.receiver(message).to_string(),
                    amount: to_u128(&coin.amount),
                    msg: self.json(message),
                };
                let token = self.token(coin.denom).unwrap();
                self.execute(*sender, token, &send)
            }
            Step::Stray { sender, to, coin } => self.stray(*sender, *to, coin),
            Step::Advance { nanos, blocks } => {
                self.app.update_block(|block| {
                    block.time = block.time.plus_nanos(*nanos);
                    block.height += blocks;
                });
                Ok(())
            }
            Step::Block { what, is_blocked } => self.block(*what, *is_blocked),
            Step::Behave { token, behaviour } => {
                let behave = token::ExecuteMsg::Behave(self.behaviour(behaviour));
                self.tell(self.token(*token).unwrap(), &behave);
                Ok(())
            }
        };
        done.map_err(|error| error.to_string())
    }

    fn call(&mut self, sender: Who, coins: &[Coin], call: &Call) -> StdResult<()> {
        let to = self.receiver(call.message());
        if let (
            true,
            Call::Received {
                from,
                amount,
                message,
            },
        ) = (sender == EVIL, call)
        {
            let lie = token::ExecuteMsg::Lie {
                contract: to.into(),
                sender: self.name(*from),
                amount: to_u128(amount),
                msg: self.json(message),
            };
            let token = self.address(EVIL).clone();
            return self.execute(MALLORY, token, &lie);
        }
        let funds = coins.iter().map(|coin| self.coin(coin)).collect();
        let execute = WasmMsg::Execute {
            contract_addr: to.into(),
            msg: self.call_json(call),
            funds,
        };
        self.send(sender, execute.into())
    }

    fn stray(&mut self, sender: Who, to: Who, coin: &Coin) -> StdResult<()> {
        let recipient = self.address(to).to_string();
        let Some(token) = self.token(coin.denom) else {
            let send = BankMsg::Send {
                to_address: recipient,
                amount: vec![self.coin(coin)],
            };
            return self.send(sender, send.into());
        };
        let amount = to_u128(&coin.amount);
        self.execute(
            sender,
            token,
            &token::ExecuteMsg::Transfer { recipient, amount },
        )
    }

    fn block(&mut self, what: Blockable, is_blocked: bool) -> StdResult<()> {
        let name = match what {
            Blockable::Recipient(who) => self.address(who).to_string(),
            Blockable::Coin(denom) => self.denom(denom).to_owned(),
            Blockable::OfToken(token, who) => {
                let address = self.address(who).to_string();
                let block = token::ExecuteMsg::Block {
                    address,
                    is_blocked,
                };
                self.tell(self.token(token).unwrap(), &block);
                return Ok(());
            }
        };
        match is_blocked {
            true => self.bank.refuse(&name),
            false => self.bank.allow(&name),
        }
        Ok(())
    }

    fn behaviour(&self, behaviour: &Behaviour) -> token::Behaviour {
        match behaviour {
            Behaviour::Honest => token::Behaviour::Honest,
            Behaviour::Reverts => token::Behaviour::Revert,
            Behaviour::Swallows => token::Behaviour::Swallow,
            Behaviour::CallsBack { call, insists } => token::Behaviour::CallBack {
                contract: self.receiver(call.message()).to_string(),
                msg: self.call_json(call),
                insists: *insists,
            },
        }
    }

    fn receiver(&self, message: &Message) -> Addr {
        let who = match message {
            Message::Datasets(_) => CONTRACTS.datasets,
            Message::Store(_) => CONTRACTS.store,
            Message::Jobs(_) => CONTRACTS.jobs,
            Message::Predictions(_) => CONTRACTS.predictions,
        };
        self.address(who).clone()
    }

    fn call_json(&self, call: &Call) -> Binary {
        let Call::Received {
            from,
            amount,
            message,
        } = call
        else {
            return self.json(call.message());
        };
        let receive = Receive {
            sender: self.name(*from),
            amount: to_u128(amount),
            msg: self.json(message),
        };
        // Both contracts spell it the same.
        to_json_binary(&assay_protocol::messages::jobs::ExecuteMsg::Receive(
            receive,
        ))
        .unwrap()
    }

    fn execute(&mut self, sender: Who, to: Addr, msg: &token::ExecuteMsg) -> StdResult<()> {
        let execute = WasmMsg::Execute {
            contract_addr: to.into(),
            msg: to_json_binary(msg).unwrap(),
            funds: vec![],
        };
        self.send(sender, execute.into())
    }

    fn tell(&mut self, token: Addr, msg: &token::ExecuteMsg) {
        self.execute(MALLORY, token, msg).unwrap();
    }

    fn send(&mut self, sender: Who, message: CosmosMsg) -> StdResult<()> {
        let sender = self.address(sender).clone();
        self.app.execute(sender, message).map(|_| ())
    }
}
