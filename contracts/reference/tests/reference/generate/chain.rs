//! What else happens: time, blocked transfers, tokens that misbehave, strays.

use assay_reference::Model;
use assay_reference::jobs;
use assay_reference::message::{Call, Message, Name, Step};
use assay_reference::money::{Amount, Coin, Denom};
use assay_reference::predictions;
use assay_reference::world::{Behaviour, Blockable};

use super::Generator;
use crate::accounts::{CONTRACTS, EVIL};

const EVIL_DENOM: Denom = Denom(4);

impl Generator {
    pub(super) fn about_chain(&mut self, model: &Model) -> Step {
        match self.dice.below(20) {
            0..10 => {
                let seconds = self.dice.weighted(&[(10, 2), (6, 15), (3, 60), (1, 900)]);
                let nanos = self.dice.below(seconds * 1_000_000_000);
                let blocks = self.dice.below(2 + seconds / 3);
                Step::Advance { nanos, blocks }
            }
            10..14 => self.block(model),
            14..17 => {
                let behaviour = self.behaviour(model);
                Step::Behave {
                    token: EVIL_DENOM,
                    behaviour,
                }
            }
            17..18 => self.lie(model),
            _ => self.stray(),
        }
    }

    /// Few things are blocked at a time, or nothing gets anywhere.
    fn block(&mut self, model: &Model) -> Step {
        let blocked = model.world.blocked();
        if let Some(&what) = self.dice.pick(&blocked)
            && (blocked.len() > 3 || self.dice.chance(50))
        {
            let is_blocked = false;
            return Step::Block { what, is_blocked };
        }
        let who = self.person();
        let what = match self.dice.below(10) {
            0..4 => Blockable::Recipient(who),
            4..5 => Blockable::Coin(Denom(self.dice.below(3) as u8)),
            5..8 => Blockable::OfToken(Denom(3), who),
            _ => Blockable::OfToken(EVIL_DENOM, who),
        };
        let is_blocked = true;
        Step::Block { what, is_blocked }
    }

    fn behaviour(&mut self, model: &Model) -> Behaviour {
        match self.dice.below(10) {
            0..4 => Behaviour::Honest,
            4..5 => Behaviour::Reverts,
            5..6 => Behaviour::Swallows,
            _ => Behaviour::CallsBack {
                call: Box::new(self.call_back(model)),
                insists: self.dice.chance(50),
            },
        }
    }

    /// What a token does while it is transferred: the same again, or something else.
    fn call_back(&mut self, model: &Model) -> Call {
        let slots: Vec<jobs::SlotId> = model.jobs.slots().map(|(id, _, _)| id).collect();
        let last = slots.len().saturating_sub(30);
        let slot = self.dice.pick(&slots[last..]).copied().unwrap_or((1, 0));
        let owner = Some(Name::Of(self.person()));
        let (denom, to) = (EVIL_DENOM, None);
        let requests = model.predictions.requests.len() as u64;
        let request = 1 + self.dice.below(requests + 1);
        let job = Message::Jobs;
        let prediction = Message::Predictions;
        Call::Plain(match self.dice.below(10) {
            0 => job(jobs::Message::Withdraw { denom, owner, to }),
            1 => job(jobs::Message::Cancel(slot)),
            2 => job(jobs::Message::Release(slot)),
            3 => job(jobs::Message::Expire(slot)),
            4 => prediction(predictions::Message::Reclaim(request)),
            5 => prediction(predictions::Message::Withdraw { denom, owner, to }),
            6 => prediction(predictions::Message::WithdrawBalance {
                denom,
                amount: None,
                to: owner,
            }),
            7 => return self.received(Message::Jobs(jobs::Message::TopUp(slot))),
            8 => return self.received(Message::Jobs(jobs::Message::Accept(slot))),
            _ => {
                let owner = self.dice.chance(50).then_some(Name::Of(EVIL));
                let deposit = predictions::Message::Deposit { owner };
                return self.received(Message::Predictions(deposit));
            }
        })
    }

    /// Tokens that haven't come, as the token says.
    fn received(&mut self, message: Message) -> Call {
        let amount = match self.dice.below(6) {
            0 => Amount::from(u128::MAX),
            _ => self.amount(),
        };
        Call::Received {
            from: Name::Of(self.person()),
            amount,
            message,
        }
    }

    fn lie(&mut self, model: &Model) -> Step {
        let call = match self.call_back(model) {
            Call::Plain(message) => self.received(message),
            received => received,
        };
        let (sender, coins) = (EVIL, vec![]);
        Step::Call {
            sender,
            coins,
            call,
        }
    }

    fn stray(&mut self) -> Step {
        let contracts = [CONTRACTS.jobs, CONTRACTS.predictions, CONTRACTS.store];
        let to = *self.dice.pick(&contracts).unwrap_or(&CONTRACTS.jobs);
        let denom = Denom(*self.dice.pick(&[0, 1, 2, 3, 4, 6]).unwrap_or(&0));
        let coin = Coin::new(self.amount() + 1u8, denom);
        let sender = self.person();
        Step::Stray { sender, to, coin }
    }
}
