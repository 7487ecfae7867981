//! Predictions: offers, and requests that are paid on proof or reclaimed.

use std::collections::BTreeMap;

use crate::message::Name;
use crate::money::{
    self, Amount, Coin, Denom, Ledger, Payment, Who, address, merged, payable, payable_in,
};
use crate::proof::{Circuit, CircuitId, Claim, Model, Proof};
use crate::refusal::{Refusal, Refusals, Verdict};
use crate::store::Store;
use crate::time::{Moment, Window};
use crate::world::World;

mod check;

/// What is offered.
#[derive(Clone, Debug, PartialEq)]
pub enum Offered {
    /// A blob, with its schema's text.
    Blob(u64, String),
    /// A hidden model.
    Hidden(u64),
}

/// An offer that is to be made.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "as the contract's offering")]
pub struct Offering {
    pub model: Offered,
    pub circuit: CircuitId,
    pub price: Coin,
    pub window: Window,
    pub input_bytes: u32,
    pub output_bytes: u32,
}

/// An offer.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// Who is paid.
    pub provider: Who,
    /// What was offered.
    pub offering: Offering,
    /// The model, fixed.
    pub model: Model,
    /// The schema, fixed.
    pub schema: String,
    /// Whether it takes no new requests.
    pub closed: bool,
}

/// How a request stands.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
    /// To be answered.
    Open,
    /// Answered so.
    Answered(Vec<u8>),
    /// Paid back.
    Reclaimed,
}

/// A request.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// Of which offer.
    pub offer: u64,
    /// Who paid.
    pub payer: Who,
    /// Who asked.
    pub requester: Who,
    /// What.
    pub input: Vec<u8>,
    /// From when on it can be reclaimed.
    pub deadline: Moment,
    /// How it stands.
    pub state: State,
}

/// What may be sent.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "as the contract's messages")]
pub enum Message {
    Offer(Offering),
    CloseOffer(u64),
    Request {
        offer: u64,
        input: Vec<u8>,
        prepaid: bool,
        requester: Option<Name>,
    },
    Fulfil {
        request: u64,
        output: Vec<u8>,
        proof: Proof,
    },
    Reclaim(u64),
    Deposit {
        owner: Option<Name>,
    },
    WithdrawBalance {
        denom: Denom,
        amount: Option<Amount>,
        to: Option<Name>,
    },
    Withdraw {
        denom: Denom,
        owner: Option<Name>,
        to: Option<Name>,
    },
}

/// What predictions read of other contracts and of the chain.
#[derive(Clone, Copy)]
pub struct Facts<'a> {
    /// The chain.
    pub world: &'a World,
    /// The circuit registry.
    pub circuits: &'a [Circuit],
    /// The model store.
    pub store: &'a Store,
    /// The contract itself.
    pub itself: Who,
}

/// The contract.
#[derive(Clone, Debug, Default)]
pub struct Predictions {
    /// The offers, by id.
    pub offers: BTreeMap<u64, Offer>,
    /// The requests, by id.
    pub requests: BTreeMap<u64, Request>,
    /// What was prepaid.
    pub balances: Ledger,
    /// What couldn't be sent.
    pub credits: Ledger,
}

impl Predictions {
    /// What is owed in a denomination: open requests, prepaid balances and credits.
    pub fn owed(&self, denom: Denom) -> Amount {
        let requests = self.requests.values();
        let open = requests.filter(|request| request.state == State::Open);
        let prices = open.filter_map(|request| self.offers.get(&request.offer));
        let prices = prices.map(|offer| &offer.offering.price);
        let open: Amount = prices
            .filter(|price| price.denom == denom)
            .map(|price| &price.amount)
            .sum();
        open + self.balances.total(denom) + self.credits.total(denom)
    }

    /// Executes a message; returns who is paid what.
    ///
    /// # Errors
    /// Every reason to refuse it; nothing is changed then.
    pub fn execute(
        &mut self,
        facts: &Facts,
        payment: &Payment,
        message: &Message,
    ) -> Verdict<Vec<(Who, Coin)>> {
        check::check(self, facts, payment, message)?;
        Ok(self.apply(facts, payment, message))
    }

    fn apply(&mut self, facts: &Facts, payment: &Payment, message: &Message) -> Vec<(Who, Coin)> {
        let sender = payment.payer;
        match message {
            Message::Offer(offering) => self.offer(facts, sender, offering),
            Message::CloseOffer(offer) => {
                if let Some(offer) = self.offers.get_mut(offer) {
                    offer.closed = true;
                }
            }
            Message::Request {
                offer,
                input,
                prepaid,
                requester,
            } => self.request(facts, payment, *offer, input, *prepaid, *requester),
            Message::Fulfil {
                request, output, ..
            } => return self.end(*request, State::Answered(output.clone())),
            Message::Reclaim(request) => return self.end(*request, State::Reclaimed),
            Message::Deposit { owner } => {
                let owner = address(*owner, sender).unwrap_or(sender);
                for coin in &payment.coins {
                    self.balances.add(owner, coin);
                }
            }
            Message::WithdrawBalance { denom, amount, to } => {
                let all = self.balances.amount(sender, *denom);
                let coin = Coin::new(amount.clone().unwrap_or(all), *denom);
                self.balances.take(sender, &coin);
                return vec![(address(*to, sender).unwrap_or(sender), coin)];
            }
            Message::Withdraw { denom, owner, to } => {
                let credits = &mut self.credits;
                return money::take_credit(credits, facts.itself, sender, *denom, *owner, *to);
            }
        }
        vec![]
    }

    fn offer(&mut self, facts: &Facts, provider: Who, offering: &Offering) {
        if let Ok((model, schema)) = check::fixed(facts, offering, provider) {
            let id = self.offers.len() as u64 + 1;
            let offer = Offer {
                provider,
                offering: offering.clone(),
                model,
                schema,
                closed: false,
            };
            self.offers.insert(id, offer);
        }
    }

    fn request(
        &mut self,
        facts: &Facts,
        payment: &Payment,
        id: u64,
        input: &[u8],
        prepaid: bool,
        requester: Option<Name>,
    ) {
        let Some(Offer { offering, .. }) = self.offers.get(&id) else {
            return;
        };
        if prepaid {
            self.balances.take(payment.payer, &offering.price);
        }
        let request = Request {
            offer: id,
            payer: payment.payer,
            requester: address(requester, payment.payer).unwrap_or(payment.payer),
            input: input.to_vec(),
            deadline: facts.world.now.after(&offering.window),
            state: State::Open,
        };
        self.requests
            .insert(self.requests.len() as u64 + 1, request);
    }

    /// The provider is paid for an answer, and the payer paid back without one.
    fn end(&mut self, id: u64, state: State) -> Vec<(Who, Coin)> {
        let Some(request) = self.requests.get_mut(&id) else {
            return vec![];
        };
        let Some(offer) = self.offers.get(&request.offer) else {
            return vec![];
        };
        let to = match state {
            State::Answered(_) => offer.provider,
            _ => request.payer,
        };
        request.state = state;
        merged(vec![(to, offer.offering.price.clone())])
    }
}
