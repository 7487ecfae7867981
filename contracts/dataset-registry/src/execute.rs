//! The messages, a file each.

mod accept_transfer;
mod deprecate;
mod offer_transfer;
mod register;
mod set_terms;

pub use accept_transfer::accept_transfer;
pub use deprecate::deprecate;
pub use offer_transfer::offer_transfer;
pub use register::Registration;
pub use set_terms::set_terms;
