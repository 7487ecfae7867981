//! The messages, a file each.

mod accept;
mod cancel;
mod deliver;
mod expire;
mod post_job;
mod release;
mod start;
mod withdraw;

pub use accept::accept;
pub use cancel::cancel;
pub use deliver::deliver;
pub use expire::expire;
pub use post_job::Posting;
pub use release::release;
pub use start::start;
pub use withdraw::withdraw;

use cosmwasm_std::Response;

use crate::state::SlotId;

/// A response with the attributes that every message about a slot has.
fn response(action: &str, slot: SlotId) -> Response {
    Response::new()
        .add_attribute("action", action)
        .add_attribute("job_id", slot.job.to_string())
        .add_attribute("slot", slot.slot.to_string())
}
