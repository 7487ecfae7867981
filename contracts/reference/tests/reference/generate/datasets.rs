//! Messages about datasets: their terms change under the jobs that are posted.

use assay_reference::message::{self, Step};
use assay_reference::money::Coin;
use assay_reference::{Model, datasets};

use super::Generator;
use crate::accounts::CONTRACTS;

impl Generator {
    pub(super) fn about_datasets(&mut self, model: &Model) -> Step {
        use datasets::Message;
        let count = model.datasets.count();
        let price = match self.dice.below(10) {
            0..4 => None,
            _ => Some(Coin::new(self.amount(), self.denom())),
        };
        let royalty_bps = *self.dice.pick(&[0, 1, 333, 5_000, 5_001]).unwrap_or(&0);
        let mut dataset = 1 + self.dice.below(count + 1);
        let what = self.dice.below(20);
        if (15..18).contains(&what) {
            let offered = (1..=count).filter(|&id| {
                let found = model.datasets.get(id);
                found.is_some_and(|found| found.offered_to.is_some())
            });
            let offered: Vec<u64> = offered.collect();
            dataset = self.dice.pick(&offered).copied().unwrap_or(dataset);
        }
        let found = model.datasets.get(dataset);
        let owner = found.map(|dataset| dataset.owner);
        let offered = found.and_then(|dataset| dataset.offered_to);
        let (sender, message) = match what {
            0..5 => {
                let commitment = self.dice.below(100);
                let register = Message::Register {
                    commitment,
                    price,
                    royalty_bps,
                };
                (None, register)
            }
            5..11 => {
                let set = Message::SetTerms {
                    dataset,
                    price,
                    royalty_bps,
                };
                (owner, set)
            }
            11..15 => {
                let to = self.named(CONTRACTS.datasets);
                (owner, Message::OfferTransfer { dataset, to })
            }
            15..18 => (offered, Message::AcceptTransfer { dataset }),
            _ => {
                let successor = match self.dice.below(10) {
                    0..3 => None,
                    3..5 => Some(dataset),
                    _ => Some(1 + self.dice.below(count + 1)),
                };
                (owner, Message::Deprecate { dataset, successor })
            }
        };
        let sender = sender.filter(|who| who.0 < 8 && self.dice.chance(85));
        let sender = sender.unwrap_or_else(|| self.person());
        self.unpaid(sender, message::Message::Datasets(message))
    }
}
