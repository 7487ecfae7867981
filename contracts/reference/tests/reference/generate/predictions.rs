//! Messages about predictions.

use assay_reference::Model;
use assay_reference::message::{self, Name, Step};
use assay_reference::money::{Amount, Coin, Denom, Ledger, Who};
use assay_reference::predictions::{Message, Offered, Offering, Request, State};
use assay_reference::proof::{CircuitId, Claim, Hash};

use super::Generator;
use crate::accounts::CONTRACTS;
use crate::wire::SCHEMA;

/// A message's kind.
#[derive(Clone, Copy)]
enum Kind {
    Offer,
    Close,
    Request,
    Fulfil,
    Reclaim,
    Deposit,
    WithdrawBalance,
    Withdraw,
}

impl Generator {
    pub(super) fn about_predictions(&mut self, model: &Model) -> Step {
        let offers = model.predictions.offers.values();
        let offers = if offers.filter(|offer| !offer.closed).count() < 12 {
            10
        } else {
            2
        };
        let kind = self.dice.weighted(&[
            (offers, Kind::Offer),
            (2, Kind::Close),
            (20, Kind::Request),
            (6, Kind::Fulfil),
            (8, Kind::Reclaim),
            (10, Kind::Deposit),
            (8, Kind::WithdrawBalance),
            (6, Kind::Withdraw),
        ]);
        match kind {
            Kind::Offer => self.offer(model),
            Kind::Close => self.close(model),
            Kind::Request => self.request(model),
            Kind::Fulfil => self.fulfil_some(model),
            Kind::Reclaim => self.reclaim(model),
            Kind::Deposit => self.deposit(model),
            Kind::WithdrawBalance => self.withdraw_balance(model),
            Kind::Withdraw => {
                let credits = &model.predictions.credits;
                let (sender, denom, owner, to) = self.withdrawal(credits, CONTRACTS.predictions);
                self.plain(sender, Message::Withdraw { denom, owner, to })
            }
        }
    }

    fn plain(&mut self, sender: Who, message: Message) -> Step {
        self.unpaid(sender, message::Message::Predictions(message))
    }

    fn offer(&mut self, model: &Model) -> Step {
        let hidden = model.store.models.len() as u64;
        let (hash, circuit) = *self
            .dice
            .pick(&[(Hash::Poseidon, 2), (Hash::Sha256, 3)])
            .unwrap_or(&(Hash::Poseidon, 2));
        let is_hidden = hidden > 0 && self.dice.chance(35);
        let blobs = model.store.blobs.iter();
        let blobs = blobs.filter(|(_, blob)| blob.parameters().is_some() && blob.hash == hash);
        let blobs: Vec<u64> = blobs.map(|(&id, _)| id).collect();
        let (model_offered, mut circuit, owner) = if is_hidden {
            let beyond = u64::from(self.dice.chance(5));
            let id = 1 + self.dice.below(hidden + beyond);
            let owner = model
                .store
                .models
                .get(id as usize - 1)
                .map(|(_, owner)| *owner);
            (Offered::Hidden(id), 4, owner)
        } else {
            let any = 1 + self.dice.below(model.store.last + 1);
            let blob = self
                .dice
                .pick(&blobs)
                .copied()
                .filter(|_| self.dice.chance(95));
            let schema = if self.dice.chance(97) { SCHEMA } else { " {}" };
            (
                Offered::Blob(blob.unwrap_or(any), schema.into()),
                circuit,
                None,
            )
        };
        if self.dice.chance(4) {
            circuit = *self.dice.pick(&[0, 2, 4, 200]).unwrap_or(&0);
        }
        let size = |dice: &mut super::Dice| dice.weighted(&[(60, 4), (60, 1), (1, 0), (1, 65_537)]);
        let offering = Offering {
            model: model_offered,
            circuit: CircuitId(circuit),
            price: Coin::new(self.amount(), self.denom()),
            window: self.window(),
            input_bytes: size(&mut self.dice),
            output_bytes: size(&mut self.dice),
        };
        let sender = owner.filter(|_| self.dice.chance(92));
        let sender = sender.unwrap_or_else(|| self.person());
        let mut offering = offering;
        if self.dice.below(60) == 0 {
            offering.price.denom = Denom(7 + self.dice.below(6) as u8);
        }
        self.plain(sender, Message::Offer(offering))
    }

    fn close(&mut self, model: &Model) -> Step {
        let offers = model.predictions.offers.len() as u64;
        let offer = 1 + self.dice.below(offers + 1);
        let provider = model
            .predictions
            .offers
            .get(&offer)
            .map(|offer| offer.provider);
        let sender = provider.filter(|_| self.dice.chance(85));
        let sender = sender.unwrap_or_else(|| self.person());
        self.plain(sender, Message::CloseOffer(offer))
    }

    fn request(&mut self, model: &Model) -> Step {
        let predictions = &model.predictions;
        let is_any = self.dice.chance(6);
        let offers = predictions.offers.iter();
        let open: Vec<u64> = offers
            .filter(|(_, offer)| is_any || !offer.closed)
            .map(|(&id, _)| id)
            .collect();
        let Some(&id) = self.dice.pick(&open) else {
            return self.offer(model);
        };
        let offering = &predictions.offers[&id].offering;
        let price = &offering.price;
        let balances = predictions.balances.entries();
        let rich =
            balances.filter(|(_, has)| has.denom == price.denom && has.amount >= price.amount);
        let rich: Vec<Who> = rich.map(|(who, _)| who).filter(|who| who.0 < 8).collect();
        let payer = self
            .dice
            .pick(&rich)
            .copied()
            .filter(|_| self.dice.chance(60));
        let prepaid = payer.is_some() || self.dice.chance(4);
        let sender = payer.unwrap_or_else(|| self.person());
        let mut length = offering.input_bytes as usize;
        if self.dice.chance(3) {
            length += 1;
        }
        let byte = self.dice.below(256) as u8;
        let message = Message::Request {
            offer: id,
            input: vec![byte; length.min(5)],
            prepaid,
            requester: self.named(CONTRACTS.predictions),
        };
        match prepaid {
            true => self.plain(sender, message),
            false => {
                let coins = vec![price.clone()];
                self.paid(model, sender, coins, message::Message::Predictions(message))
            }
        }
    }

    fn fulfil_some(&mut self, model: &Model) -> Step {
        let now = model.world.now;
        let is_any = self.dice.chance(6);
        let requests = model.predictions.requests.iter();
        let open = requests.filter(|(_, request)| {
            is_any || request.state == State::Open && !now.is_past(&request.deadline)
        });
        let open: Vec<u64> = open.map(|(&id, _)| id).collect();
        match self.dice.pick(&open) {
            Some(&id) => self.fulfil(model, id, &model.predictions.requests[&id]),
            None => self.request(model),
        }
    }

    /// An answer with a proof that mostly holds.
    pub(super) fn fulfil(&mut self, model: &Model, id: u64, request: &Request) -> Step {
        let offer = &model.predictions.offers[&request.offer];
        let mut length = offer.offering.output_bytes as usize;
        if self.dice.chance(2) {
            length += 1;
        }
        let output = vec![self.dice.below(256) as u8; length];
        let claim = Claim::Prediction {
            request: id,
            provider: offer.provider,
            model: offer.model.clone(),
            schema: offer.schema.clone(),
            input: request.input.clone(),
            output: output.clone(),
        };
        let proof = self.proof(offer.offering.circuit, claim);
        let sender = self.person();
        let message = Message::Fulfil {
            request: id,
            output,
            proof,
        };
        self.plain(sender, message)
    }

    fn reclaim(&mut self, model: &Model) -> Step {
        let now = model.world.now;
        let is_any = self.dice.chance(6);
        let requests = model.predictions.requests.iter();
        let due = requests.filter(|(_, request)| {
            is_any || request.state == State::Open && now.is_past(&request.deadline)
        });
        let due: Vec<u64> = due.map(|(&id, _)| id).collect();
        let none = model.predictions.requests.len() as u64 + 1;
        let request = match self.dice.pick(&due) {
            Some(&id) => id,
            None if self.dice.chance(10) => none,
            None => return self.request(model),
        };
        let sender = self.person();
        self.plain(sender, Message::Reclaim(request))
    }

    fn deposit(&mut self, model: &Model) -> Step {
        let sender = self.person();
        let mut coins = vec![Coin::new(self.amount() * 3u8, self.denom())];
        let other = Denom(self.dice.below(2) as u8);
        if coins[0].denom.0 < 3 && coins[0].denom != other && self.dice.chance(20) {
            coins.push(Coin::new(self.amount(), other));
        }
        let owner = self.named(CONTRACTS.predictions);
        let deposit = message::Message::Predictions(Message::Deposit { owner });
        self.paid(model, sender, coins, deposit)
    }

    fn withdraw_balance(&mut self, model: &Model) -> Step {
        let balances: Vec<(Who, Coin)> = model.predictions.balances.entries().collect();
        let people: Vec<&(Who, Coin)> = balances.iter().filter(|(who, _)| who.0 < 8).collect();
        let (sender, coin) = match self.dice.pick(&people) {
            Some((who, coin)) if self.dice.chance(90) => (*who, coin.clone()),
            _ => (self.person(), Coin::new(self.amount(), self.denom())),
        };
        let amount = match self.dice.below(10) {
            0..5 => None,
            5..8 => Some(coin.amount),
            8 => Some(coin.amount + 1u8),
            _ => Some(Amount::from(self.dice.below(3))),
        };
        let to = self
            .dice
            .chance(25)
            .then(|| self.named(CONTRACTS.predictions));
        let message = Message::WithdrawBalance {
            denom: coin.denom,
            amount,
            to: to.flatten(),
        };
        self.plain(sender, message)
    }

    /// Who has which credit of whom paid where.
    pub(super) fn withdrawal(
        &mut self,
        credits: &Ledger,
        itself: Who,
    ) -> (Who, Denom, Option<Name>, Option<Name>) {
        let all: Vec<(Who, Coin)> = credits.entries().collect();
        let Some((owner, coin)) = self.dice.pick(&all).filter(|_| self.dice.chance(92)) else {
            return (self.person(), self.denom(), self.named(itself), None);
        };
        let is_person = owner.0 < 8;
        let sender = match is_person && self.dice.chance(50) {
            true => *owner,
            false => self.person(),
        };
        let is_named = sender != *owner || self.dice.chance(20);
        let to_percent = if sender == *owner { 50 } else { 15 };
        let to = self.dice.chance(to_percent).then(|| self.named(itself));
        let owner = is_named.then_some(Name::Of(*owner));
        (sender, coin.denom, owner, to.flatten())
    }
}
