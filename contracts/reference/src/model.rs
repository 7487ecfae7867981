//! The whole: the contracts on their chain.

use crate::datasets::Datasets;
use crate::jobs::{self, Jobs};
use crate::message::{Call, Message, Step};
use crate::money::{Amount, Coin, Denom, Ledger, Payment, Who, address};
use crate::predictions::{self, Predictions};
use crate::proof::Circuit;
use crate::refusal::{Refusal, Refusals, Verdict};
use crate::store::{Keeping, Store};
use crate::world::{Kind, World};

mod transfers;

/// Where the contracts are.
#[derive(Clone, Copy, Debug)]
pub struct Contracts {
    /// The dataset registry.
    pub datasets: Who,
    /// The model store.
    pub store: Who,
    /// Jobs.
    pub jobs: Who,
    /// Predictions.
    pub predictions: Who,
}

/// The contracts on their chain.
#[derive(Clone, Debug)]
pub struct Model {
    /// Where they are.
    pub contracts: Contracts,
    /// The chain.
    pub world: World,
    /// The circuits that are registered.
    pub circuits: Vec<Circuit>,
    /// The dataset registry.
    pub datasets: Datasets,
    /// The model store.
    pub store: Store,
    /// Jobs.
    pub jobs: Jobs,
    /// Predictions.
    pub predictions: Predictions,
    /// What came to a contract without a message, and is owed to nobody.
    pub strays: Ledger,
    /// How many calls of tokens were taken while they were transferred.
    pub called_back: u64,
}

impl Model {
    /// Contracts without anything in them.
    pub fn new(
        contracts: Contracts,
        world: World,
        circuits: Vec<Circuit>,
        keeping: Keeping,
    ) -> Self {
        Self {
            contracts,
            world,
            circuits,
            datasets: Datasets::default(),
            store: Store::new(keeping),
            jobs: Jobs::default(),
            predictions: Predictions::default(),
            strays: Ledger::default(),
            called_back: 0,
        }
    }

    /// What a contract owes in a denomination.
    pub fn owed(&self, contract: Who, denom: Denom) -> Amount {
        if contract == self.contracts.jobs {
            self.jobs.owed(denom)
        } else if contract == self.contracts.predictions {
            self.predictions.owed(denom)
        } else if contract == self.contracts.store {
            let owed = self.store.owed().filter(|coin| coin.denom == denom);
            owed.map(|coin| coin.amount).unwrap_or_default()
        } else {
            Amount::ZERO
        }
    }

    /// Whether something happens or is refused, and what it changes.
    ///
    /// # Errors
    /// Every reason to refuse it; nothing is changed then.
    pub fn step(&mut self, step: &Step) -> Verdict<()> {
        match step {
            Step::Call {
                sender,
                coins,
                call,
            } => self.call(*sender, coins, call),
            Step::Pay {
                sender,
                coin,
                message,
            } => self.pay_with_token(*sender, coin, message),
            Step::Stray { sender, to, coin } => match self.transfer(*sender, *to, coin) {
                true => Ok(()),
                false => Err(Refusal::CannotPay.into()),
            },
            Step::Advance { nanos, blocks } => {
                self.world.now.nanos += u128::from(*nanos);
                self.world.now.height += u128::from(*blocks);
                Ok(())
            }
            Step::Block { what, is_blocked } => {
                self.world.block(*what, *is_blocked);
                Ok(())
            }
            Step::Behave { token, behaviour } => {
                self.world.behave(*token, behaviour.clone());
                Ok(())
            }
        }
    }

    /// Where a message goes.
    pub fn receiver(&self, message: &Message) -> Who {
        match message {
            Message::Datasets(_) => self.contracts.datasets,
            Message::Store(_) => self.contracts.store,
            Message::Jobs(_) => self.contracts.jobs,
            Message::Predictions(_) => self.contracts.predictions,
        }
    }

    /// A call with coins of the bank's.
    fn call(&mut self, sender: Who, coins: &[Coin], call: &Call) -> Verdict<()> {
        let to = self.receiver(call.message());
        if !self.world.can_send(sender, to, coins) {
            return Err(Refusal::CannotPay.into());
        }
        let payment = self.payment(sender, coins, call)?;
        self.paid(payment, call.message())?;
        self.world.send(sender, to, coins);
        Ok(())
    }

    /// What a call brings, as the contract is told.
    fn payment(&self, sender: Who, coins: &[Coin], call: &Call) -> Verdict<Payment> {
        let mut no = Refusals::default();
        match call {
            Call::Plain(message) => {
                let is_false = |coin: &Coin| self.world.kind(coin.denom) == Kind::FalseToken;
                let is_false = takes_funds(message) && coins.iter().any(is_false);
                no.when(is_false, Refusal::FalseToken);
                let coins = coins.to_vec();
                no.verdict_of(Some(Payment {
                    payer: sender,
                    coins,
                }))
            }
            Call::Received {
                from,
                amount,
                message,
            } => {
                no.when(!takes_tokens(message), Refusal::TakesNoFunds);
                no.when(!coins.is_empty(), Refusal::TakesNoFunds);
                no.when(*amount == Amount::ZERO, Refusal::ZeroAmount);
                let payer = no.take(address(Some(*from), sender));
                let denom = self.world.token_at(sender).unwrap_or(Denom(u8::MAX));
                let coins = vec![Coin::new(amount.clone(), denom)];
                no.verdict_of(payer.map(|payer| Payment { payer, coins }))
            }
        }
    }

    /// Tokens that are sent with a message.
    fn pay_with_token(&mut self, sender: Who, coin: &Coin, message: &Message) -> Verdict<()> {
        let to = self.receiver(message);
        if !self.world.shift(sender, to, coin) {
            return Err(Refusal::CannotPay.into());
        }
        let coins = vec![coin.clone()];
        let payer = sender;
        let verdict = match takes_tokens(message) {
            true => self.paid(Payment { payer, coins }, message),
            false => Err(Refusal::TakesNoFunds.into()),
        };
        if verdict.is_err() {
            self.world.shift(to, sender, coin);
        }
        verdict
    }

    /// Executes a message that is paid for, and pays out what it says.
    fn paid(&mut self, payment: Payment, message: &Message) -> Verdict<()> {
        let before = message.pays_at_once().then(|| self.clone());
        let payouts = self.execute(&payment, message)?;
        let from = self.receiver(message);
        for (to, coin) in payouts {
            if self.transfer(from, to, &coin) {
                continue;
            }
            if let Some(before) = before {
                *self = before;
                return Err(Refusal::CannotBePaid.into());
            }
            match message {
                Message::Jobs(_) => self.jobs.credits.add(to, &coin),
                _ => self.predictions.credits.add(to, &coin),
            }
        }
        Ok(())
    }

    fn execute(&mut self, payment: &Payment, message: &Message) -> Verdict<Vec<(Who, Coin)>> {
        match message {
            Message::Datasets(message) => {
                self.datasets.execute(&self.world, payment, message)?;
                Ok(vec![])
            }
            Message::Store(message) => {
                let freed = self.store.execute(self.world.now, payment, message)?;
                Ok(freed
                    .map(|coin| (payment.payer, coin))
                    .into_iter()
                    .collect())
            }
            Message::Jobs(message) => {
                let facts = jobs::Facts {
                    world: &self.world,
                    datasets: &self.datasets,
                    circuits: &self.circuits,
                    store: &self.store,
                    itself: self.contracts.jobs,
                };
                self.jobs.execute(&facts, payment, message)
            }
            Message::Predictions(message) => {
                let facts = predictions::Facts {
                    world: &self.world,
                    circuits: &self.circuits,
                    store: &self.store,
                    itself: self.contracts.predictions,
                };
                self.predictions.execute(&facts, payment, message)
            }
        }
    }
}

/// Whether a message goes to a contract that knows `receive`.
fn takes_tokens(message: &Message) -> bool {
    matches!(message, Message::Jobs(_) | Message::Predictions(_))
}

/// Whether a message to a contract that takes tokens takes funds: there no coin may have a
/// token's name.
fn takes_funds(message: &Message) -> bool {
    match message {
        Message::Jobs(message) => matches!(
            message,
            jobs::Message::Post(_) | jobs::Message::Accept(_) | jobs::Message::TopUp(_)
        ),
        Message::Predictions(message) => matches!(
            message,
            predictions::Message::Request { .. } | predictions::Message::Deposit { .. }
        ),
        Message::Store(_) | Message::Datasets(_) => false,
    }
}
