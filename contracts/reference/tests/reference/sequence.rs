//! A sequence of steps on the chain and in the model.

use std::rc::Rc;

use assay_reference::Model;
use assay_reference::message::Step;
use assay_reference::money::{Amount, Coin, Denom, Who};
use assay_reference::refusal::Refusal;
use assay_reference::store::Keeping;
use assay_reference::time::{Moment, Window};
use assay_reference::world::{Kind, World};

use crate::accounts::{ACCOUNTS, CONTRACTS, EVIL, HONEST, MALLORY, PEOPLE};
use crate::chain::Chain;
use crate::coverage::{Coverage, Subject, describe, sent};
use crate::events::Standing;
use crate::forge::Forger;
use crate::generate::dice::Dice;
use crate::reasons;

/// Tokens whose contracts do what they say.
pub const HONEST_DENOMS: [Denom; 4] = [Denom(0), Denom(1), Denom(2), Denom(3)];

/// Both sides of a sequence.
pub struct Sequence {
    pub model: Model,
    pub chain: Chain,
    pub coverage: Coverage,
}

fn kinds() -> Vec<Kind> {
    let mut kinds = vec![Kind::Native; 3];
    kinds.extend([
        Kind::Token(HONEST),
        Kind::Token(EVIL),
        Kind::NoToken(MALLORY),
    ]);
    kinds.push(Kind::FalseToken);
    kinds.extend([Kind::Nonsense; 6]);
    kinds
}

/// What a store asks for, and how long everything takes, by the sequence's seed.
fn keeping(seed: u64) -> Keeping {
    let mut dice = Dice::new(seed);
    let deposit = dice.pick(&[0u32, 1, 3, 1_000]).copied().unwrap_or(0);
    let window = |seconds, blocks| Window { seconds, blocks };
    let windows = [window(30, 6), window(60, 60), window(600, 60)];
    Keeping {
        deposit: (deposit > 0).then(|| Coin::new(deposit, Denom(0))),
        upload_window: *dice.pick(&windows).unwrap_or(&windows[0]),
        hold: *dice.pick(&windows).unwrap_or(&windows[0]),
    }
}

/// What people have at first. One of them has a great deal of something.
fn funds() -> Vec<(Who, Coin)> {
    let mut funds = Vec::new();
    for who in (0..PEOPLE.len() as u8).map(Who) {
        for denom in [0, 1, 2, 3, 4, 6].map(Denom) {
            funds.push((who, Coin::new(1_000_000_000_000u64, denom)));
        }
    }
    funds[2].1.amount = Amount::from(1u8) << 255;
    funds
}

impl Sequence {
    /// The beginning of the sequence with this seed.
    pub fn new(forgers: &Rc<Vec<Forger>>, seed: u64) -> Self {
        let (keeping, funds) = (keeping(seed), funds());
        let now = Moment {
            nanos: 1_700_000_000_123_456_789,
            height: 5_000_000,
        };
        let mut world = World::new(now, kinds());
        for (who, coin) in &funds {
            world.balances.add(*who, coin);
        }
        use assay_reference::proof::Circuit::*;
        let circuits = vec![
            Training,
            TrainingByFingerprint,
            Prediction,
            PredictionByFingerprint,
            HiddenPrediction,
        ];
        let chain = Chain::new(Rc::clone(forgers), now, &keeping, &funds);
        let model = Model::new(CONTRACTS, world, circuits, keeping);
        let coverage = Coverage::default();
        Self {
            model,
            chain,
            coverage,
        }
    }

    /// Takes a step on both sides; returns whether it was taken.
    ///
    /// # Errors
    /// What the two don't agree on.
    pub fn step(&mut self, step: &Step) -> Result<bool, String> {
        self.coverage.approach(&self.model, step);
        let before = Standing::of(&self.model);
        let verdict = self.model.step(step);
        let outcome = self.chain.step(step);
        self.coverage.count(&self.model, step, &verdict);
        match (&verdict, &outcome) {
            (Ok(()), Ok(())) => {}
            (Err(reasons), Err(error)) => {
                let reason = check_reason(reasons.all(), error)?;
                self.coverage.refused(reason);
            }
            (verdict, outcome) => {
                return Err(format!(
                    "the model says {verdict:?} and the contract {outcome:?}"
                ));
            }
        }
        let subject = sent(step).map_or(Subject::Nothing, |(_, m)| describe(&self.model, m).1);
        self.chain.compare(&self.model, subject)?;
        self.check_solvency()?;
        if verdict.is_ok() {
            self.coverage.note(&self.model, &before, step);
        }
        Ok(verdict.is_ok())
    }

    /// Every contract holds what it owes, and beyond that only strays.
    pub fn check_solvency(&self) -> Result<(), String> {
        let model = &self.model;
        for contract in [CONTRACTS.store, CONTRACTS.jobs, CONTRACTS.predictions] {
            for denom in HONEST_DENOMS {
                let holds = model.world.balances.amount(contract, denom);
                let owes = model.owed(contract, denom) + model.strays.amount(contract, denom);
                if holds != owes {
                    return Err(format!(
                        "{contract:?} holds {holds} of {denom:?} and owes {owes}"
                    ));
                }
            }
        }
        Ok(())
    }

    /// Compares everything there is.
    pub fn compare_all(&self) -> Result<(), String> {
        let model = &self.model;
        let subjects = model.jobs.jobs.keys().copied().map(Subject::Job);
        let offers = model.predictions.offers.keys().copied().map(Subject::Offer);
        let requests = model.predictions.requests.keys().copied();
        let blobs = (1..=model.store.last).map(Subject::Blob);
        let datasets = (1..=model.datasets.count()).map(Subject::Dataset);
        let rest = requests.map(Subject::Request).chain(blobs).chain(datasets);
        for subject in subjects.chain(offers).chain(rest) {
            self.chain.compare_subject(model, subject)?;
        }
        self.chain.compare_lists(model)
    }

    /// Whether everybody's money together is what it was.
    pub fn check_supply(&self) -> Result<(), String> {
        let mut all: std::collections::BTreeMap<Denom, Amount> = Default::default();
        for (_, coin) in funds() {
            *all.entry(coin.denom).or_default() += coin.amount;
        }
        for (denom, minted) in all {
            let accounts = (0..ACCOUNTS).map(Who);
            let has = accounts.map(|who| self.model.world.balances.amount(who, denom));
            let has: Amount = has.sum();
            if has != minted {
                return Err(format!("there is {has} of {denom:?}, not {minted}"));
            }
        }
        Ok(())
    }
}

/// The reason that the contract gives is one of the model's. Bank and tokens say what they like.
fn check_reason(reasons: &[Refusal], error: &str) -> Result<Refusal, String> {
    let is_of_others = |reason| [Refusal::CannotPay, Refusal::CannotBePaid].contains(reason);
    if let Some(reason) = reasons.iter().find(|reason| is_of_others(reason)) {
        return Ok(*reason);
    }
    match reasons::of(error) {
        Some(reason) if reasons.contains(&reason) => Ok(reason),
        found => {
            let innermost = error.lines().last().unwrap_or_default();
            Err(format!(
                "refused for {found:?}, not {reasons:?}: {innermost}"
            ))
        }
    }
}
