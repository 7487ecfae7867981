//! Steps that mostly make sense: what is sent depends on how everything stands in the model.

mod chain;
mod datasets;
pub mod dice;
mod jobs;
mod predictions;
mod probes;
mod proofs;
mod store;

use std::collections::VecDeque;

use assay_reference::Model;
use assay_reference::message::{Call, Message, Name, Step};
use assay_reference::money::{Amount, Coin, Denom, Who};
use assay_reference::time::Window;
use assay_reference::world::Kind;

use crate::accounts::{CONTRACTS, EVIL, HONEST, MALLORY, PEOPLE, STRANGER};
use dice::Dice;

/// Where steps come from.
pub struct Generator {
    dice: Dice,
    /// What comes next, whatever else.
    urgent: VecDeque<Step>,
}

/// What a step is to be about.
#[derive(Clone, Copy)]
enum About {
    Jobs,
    Predictions,
    Store,
    Datasets,
    Chain,
    Deadline,
}

impl Generator {
    pub fn new(seed: u64) -> Self {
        Self {
            dice: Dice::new(seed ^ 0x5eed),
            urgent: VecDeque::new(),
        }
    }

    /// The next step.
    pub fn next(&mut self, model: &Model) -> Step {
        if let Some(step) = self.urgent.pop_front() {
            return step;
        }
        let about = self.dice.weighted(&[
            (48, About::Jobs),
            (30, About::Predictions),
            (14, About::Store),
            (3, About::Datasets),
            (14, About::Chain),
            (9, About::Deadline),
        ]);
        match about {
            About::Jobs => self.about_jobs(model),
            About::Predictions => self.about_predictions(model),
            About::Store => self.about_blobs(model),
            About::Datasets => self.about_datasets(model),
            About::Chain => self.about_chain(model),
            About::Deadline => self.at_a_deadline(model),
        }
    }

    fn person(&mut self) -> Who {
        Who(self.dice.below(PEOPLE.len() as u64) as u8)
    }

    /// Somebody who is named, or nobody.
    fn named(&mut self, itself: Who) -> Option<Name> {
        let name = match self.dice.below(100) {
            0..60 => return None,
            60..94 => Name::Of(self.person()),
            94..95 => Name::Of(itself),
            95..96 => Name::Of(STRANGER),
            96..97 => Name::Of(HONEST),
            97..98 => Name::Of(EVIL),
            98..99 => Name::Of(CONTRACTS.predictions),
            _ => Name::Nonsense,
        };
        Some(name)
    }

    /// What can be paid in.
    fn denom(&mut self) -> Denom {
        let denoms = [(5, 0), (3, 1), (3, 2), (5, 3), (4, 4), (1, 5)];
        Denom(self.dice.weighted(&denoms))
    }

    fn amount(&mut self) -> Amount {
        match self.dice.below(20) {
            0 => self.dice.below(3).into(),
            1 => 1_000_000_000u64.into(),
            _ => (1 + self.dice.below(500)).into(),
        }
    }

    /// A window, now and then one that isn't allowed.
    fn window(&mut self) -> Window {
        let seconds = match self.dice.below(10) {
            0 => 1,
            1..3 => 1 + self.dice.below(20),
            3..7 => 20 + self.dice.below(300),
            7..9 => 300 + self.dice.below(3_000),
            _ => 3_000 + self.dice.below(100_000),
        };
        let least = seconds.div_ceil(60);
        let blocks = match self.dice.below(40) {
            0 => return self.bad_window(seconds),
            1..5 => least,
            5..8 => 4 * seconds,
            _ => least.max(seconds / 6).max(1),
        };
        Window { seconds, blocks }
    }

    fn bad_window(&mut self, seconds: u64) -> Window {
        let window = |seconds, blocks| Window { seconds, blocks };
        let year = 366 * 86_400;
        let windows = [
            window(0, 0),
            window(seconds, 0),
            window(seconds, 4 * seconds + 1),
            window(60 * seconds + 1, seconds),
            window(year + 1, year / 5),
            window(u64::MAX, u64::MAX),
        ];
        *self.dice.pick(&windows).unwrap_or(&windows[0])
    }

    /// A step by which somebody pays for a message, by whatever way its coins take.
    fn paid(&mut self, model: &Model, sender: Who, coins: Vec<Coin>, message: Message) -> Step {
        let coins = match self.dice.chance(95) {
            true => coins,
            false => self.spoilt(coins),
        };
        let coins: Vec<Coin> = coins.into_iter().filter(|coin| !coin.is_zero()).collect();
        if let [coin] = coins.as_slice()
            && let Some(token) = model.world.token(coin.denom)
            && coin.amount <= Amount::from(u128::MAX)
        {
            let is_a_lie = token == MALLORY || token == EVIL && self.dice.chance(30);
            if !is_a_lie {
                let coin = coin.clone();
                return Step::Pay {
                    sender,
                    coin,
                    message,
                };
            }
            let from = match self.dice.below(30) {
                0 => Name::Nonsense,
                1 => Name::Of(CONTRACTS.jobs),
                2 => Name::Of(CONTRACTS.predictions),
                _ => Name::Of(sender),
            };
            let amount = match self.dice.below(40) {
                0 => Amount::ZERO,
                _ => coin.amount.clone(),
            };
            return Step::Call {
                sender: token,
                coins: vec![],
                call: Call::Received {
                    from,
                    amount,
                    message,
                },
            };
        }
        let is_native = |coin: &Coin| {
            matches!(
                model.world.kind(coin.denom),
                Kind::Native | Kind::FalseToken
            )
        };
        let coins = coins.into_iter().filter(is_native).collect();
        plain(sender, coins, message)
    }

    /// Funds that aren't quite what is asked for.
    fn spoilt(&mut self, mut coins: Vec<Coin>) -> Vec<Coin> {
        match (self.dice.below(5), coins.first_mut()) {
            (0, _) => coins.clear(),
            (1, Some(coin)) => coin.amount += 1u8,
            (2, Some(coin)) if !coin.is_zero() => coin.amount -= 1u8,
            (3, Some(coin)) => coin.denom = Denom(6),
            _ => {
                let denom = Denom(self.dice.below(3) as u8);
                if coins.iter().all(|coin| coin.denom != denom) {
                    coins.push(Coin::new(5u8, denom));
                }
            }
        }
        coins
    }

    /// A step without funds, now and then with some.
    fn unpaid(&mut self, sender: Who, message: Message) -> Step {
        let coins = match self.dice.below(100) {
            0 => vec![Coin::new(1u8, Denom(0))],
            _ => vec![],
        };
        if self.dice.below(150) == 0 {
            let denom = Denom(3);
            return Step::Pay {
                sender,
                coin: Coin::new(7u8, denom),
                message,
            };
        }
        plain(sender, coins, message)
    }
}

/// A call with coins of the bank's.
pub fn plain(sender: Who, coins: Vec<Coin>, message: Message) -> Step {
    Step::Call {
        sender,
        coins,
        call: Call::Plain(message),
    }
}
