//! The messages, a file each.

mod abort;
mod begin;
mod evaluate;
mod finalise;
mod pin;
mod put_chunk;
mod register_model;
mod release;
mod sweep;

pub use abort::abort;
pub use begin::begin;
pub use evaluate::evaluate;
pub use finalise::finalise;
pub use pin::pin;
pub use put_chunk::put_chunk;
pub use register_model::Registration;
pub use release::release;
pub use sweep::sweep;
