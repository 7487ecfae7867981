//! The messages, a file each.

mod register;

pub use register::Registration;
