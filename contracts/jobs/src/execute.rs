//! The messages, a file each.

mod accept;
mod cancel;
mod deliver;
mod expire;
mod extend;
mod post;
mod publish_key;
mod release;
mod start;
mod top_up;

pub use accept::accept;
pub use cancel::cancel;
pub use deliver::deliver;
pub use expire::expire;
pub use extend::extend;
pub use post::post;
pub use publish_key::publish_key;
pub use release::release;
pub use start::start;
pub use top_up::top_up;

use assay_escrow::send;
use assay_protocol::messages::jobs::{SlotId, Terms};
use cosmwasm_std::{Coin, Event, StdResult, SubMsg};

/// The event of a message about a slot.
fn event(message: &str, slot: SlotId) -> Event {
    Event::new(format!("assay-{message}"))
        .add_attribute("job_id", slot.job.to_string())
        .add_attribute("slot", slot.slot.to_string())
}

/// What a dataset's price is in an event or an error.
fn shown(price: Option<&Coin>) -> String {
    price.map_or_else(|| "nothing".into(), Coin::to_string)
}

/// Pays what was locked for a slot to the beneficiary: its reward, the dataset's price and,
/// where it is forfeited, the bond.
fn refund(terms: &Terms, reward: Coin, bond: Option<Coin>) -> StdResult<Vec<SubMsg>> {
    let coins = [Some(reward), terms.price.clone(), bond];
    let to = terms.refund_to.as_str();
    send(coins.into_iter().flatten().map(|coin| (to, coin)).collect())
}
