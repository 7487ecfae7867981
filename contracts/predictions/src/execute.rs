//! The messages, a file each.

mod close_offer;
mod deposit;
mod fulfil;
mod offer;
mod reclaim;
mod request;
mod withdraw_balance;

pub use close_offer::close_offer;
pub use deposit::deposit;
pub use fulfil::fulfil;
pub use offer::offer;
pub use reclaim::reclaim;
pub use request::request;
pub use withdraw_balance::withdraw_balance;

use assay_protocol::id::{OfferId, RequestId};
use cosmwasm_std::Event;

/// The event of a message about a request.
fn event(message: &str, request: RequestId, offer: OfferId) -> Event {
    Event::new(format!("assay-{message}"))
        .add_attribute("request_id", request.to_string())
        .add_attribute("offer_id", offer.to_string())
}
