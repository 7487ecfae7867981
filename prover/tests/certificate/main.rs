//! The certificate circuit under the soundness harness, and against the native predicate:
//! for public and for hidden models, and attacked with witnesses put together from others.
#![allow(missing_docs, clippy::unwrap_used)]

mod case;
mod chimera;
mod forgery;
mod hidden;
mod public;
mod staged;
