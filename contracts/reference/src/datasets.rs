//! The dataset registry, as far as jobs read it.

use crate::message::Name;
use crate::money::{Coin, Payment, Who, address};
use crate::refusal::{Refusal, Refusals, Verdict};
use crate::world::World;

/// One dataset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dataset {
    /// Who owns it.
    pub owner: Who,
    /// Who it is offered to.
    pub offered_to: Option<Who>,
    /// What it is committed to by.
    pub commitment: u64,
    /// What its owner is paid for each model.
    pub price: Option<Coin>,
    /// What its owner is paid of a reward, in hundredths of a per cent.
    pub royalty_bps: u16,
    /// Whether it takes no new jobs.
    pub deprecated: bool,
    /// What to use in its place.
    pub successor: Option<u64>,
}

/// What may be sent.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "as the contract's messages")]
pub enum Message {
    Register {
        commitment: u64,
        price: Option<Coin>,
        royalty_bps: u16,
    },
    SetTerms {
        dataset: u64,
        price: Option<Coin>,
        royalty_bps: u16,
    },
    OfferTransfer {
        dataset: u64,
        to: Option<Name>,
    },
    AcceptTransfer {
        dataset: u64,
    },
    Deprecate {
        dataset: u64,
        successor: Option<u64>,
    },
}

/// The datasets, from id 1.
#[derive(Clone, Debug, Default)]
pub struct Datasets(Vec<Dataset>);

impl Datasets {
    /// One of them.
    pub fn get(&self, id: u64) -> Option<&Dataset> {
        self.0.get(usize::try_from(id).ok()?.checked_sub(1)?)
    }

    /// How many there are.
    pub fn count(&self) -> u64 {
        self.0.len() as u64
    }

    /// Executes a message.
    ///
    /// # Errors
    /// Every reason to refuse it; nothing is changed then.
    pub fn execute(&mut self, world: &World, payment: &Payment, message: &Message) -> Verdict<()> {
        let mut no = Refusals::default();
        no.when(!payment.coins.is_empty(), Refusal::TakesNoFunds);
        no.take(self.check(world, payment.payer, message));
        no.verdict()?;
        self.apply(payment.payer, message);
        Ok(())
    }

    fn check(&self, world: &World, sender: Who, message: &Message) -> Verdict<()> {
        let mut no = Refusals::default();
        let known = |id: u64| self.get(id).ok_or(Refusals::from(Refusal::UnknownDataset));
        match message {
            Message::Register {
                price, royalty_bps, ..
            } => {
                no.take(terms(world, price.as_ref(), *royalty_bps));
            }
            Message::SetTerms {
                dataset,
                price,
                royalty_bps,
            } => {
                no.when(known(*dataset)?.owner != sender, Refusal::NotOwner);
                no.take(terms(world, price.as_ref(), *royalty_bps));
            }
            Message::OfferTransfer { dataset, to } => {
                no.when(known(*dataset)?.owner != sender, Refusal::NotOwner);
                no.take(address(*to, sender));
            }
            Message::AcceptTransfer { dataset } => {
                no.when(
                    known(*dataset)?.offered_to != Some(sender),
                    Refusal::NotOffered,
                );
            }
            Message::Deprecate { dataset, successor } => {
                no.when(known(*dataset)?.owner != sender, Refusal::NotOwner);
                no.when(known(*dataset)?.deprecated, Refusal::DeprecatedDataset);
                let next = successor.map(|next| (next, self.get(next)));
                no.when(
                    next.is_some_and(|(_, found)| found.is_none()),
                    Refusal::UnknownDataset,
                );
                let ends = |(id, found): (u64, Option<&Dataset>)| {
                    id == *dataset || found.is_some_and(|found| found.deprecated)
                };
                no.when(next.is_some_and(ends), Refusal::Successor);
            }
        }
        no.verdict()
    }

    fn apply(&mut self, sender: Who, message: &Message) {
        let known = |id: u64| usize::try_from(id).unwrap_or(usize::MAX).wrapping_sub(1);
        match message.clone() {
            Message::Register {
                commitment,
                price,
                royalty_bps,
            } => self.0.push(Dataset {
                owner: sender,
                offered_to: None,
                commitment,
                price,
                royalty_bps,
                deprecated: false,
                successor: None,
            }),
            Message::SetTerms {
                dataset,
                price,
                royalty_bps,
            } => {
                let dataset = &mut self.0[known(dataset)];
                (dataset.price, dataset.royalty_bps) = (price, royalty_bps);
            }
            Message::OfferTransfer { dataset, to } => {
                let to = to.and_then(|to| address(Some(to), sender).ok());
                self.0[known(dataset)].offered_to = to;
            }
            Message::AcceptTransfer { dataset } => {
                let dataset = &mut self.0[known(dataset)];
                (dataset.owner, dataset.offered_to) = (sender, None);
            }
            Message::Deprecate { dataset, successor } => {
                let dataset = &mut self.0[known(dataset)];
                (dataset.deprecated, dataset.offered_to) = (true, None);
                dataset.successor = successor;
            }
        }
    }
}

/// A price is of something that can be paid, at least 1; a royalty at most half.
fn terms(world: &World, price: Option<&Coin>, royalty_bps: u16) -> Verdict<()> {
    let mut no = Refusals::default();
    no.when(royalty_bps > 5_000, Refusal::Royalty);
    no.when(price.is_some_and(|p| p.is_zero()), Refusal::ZeroAmount);
    let is_nonsense = price.is_some_and(|p| !world.is_payable(p.denom));
    no.when(is_nonsense, Refusal::Denomination);
    no.when(is_nonsense, Refusal::NoAddress);
    no.verdict()
}
