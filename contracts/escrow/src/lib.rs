//! What contracts that hold money until something is proved have in common. It is no
//! contract itself.
//!
//! - Money comes in as a [`Payment`], native or of a cw20 token, and is compared with what is
//!   asked for to the last coin.
//! - Money goes out by [`send`]: a transfer that is refused becomes a credit of its
//!   recipient, so that nobody can block anybody else, and [`withdraw`] pays it later.
//! - What is read is fixed at [instantiation](instantiate), and checked to have no admin.
//!
//! **Tokens are other people's code.** A cw20 token is trusted with nothing but itself: what
//! it says moves only what is kept in its own denomination; what it does when it is paid out,
//! it does with bounded gas after all state is written; and its failure stops nothing else.
#![forbid(unsafe_code)]
#![deny(clippy::float_arithmetic)]

mod config;
mod denomination;
mod error;
mod ids;
mod ledger;
mod method;
mod payment;
mod transfer;
mod withdraw;

pub use config::{instantiate, load_config};
pub use denomination::{check_amount, check_denomination};
pub use error::Error;
pub use ids::Ids;
pub use ledger::{CREDITS, Ledger};
pub use method::check_method;
pub use payment::{Payment, listed, unpaid};
pub use transfer::{credit, named, pay_out, send};
pub use withdraw::withdraw;
