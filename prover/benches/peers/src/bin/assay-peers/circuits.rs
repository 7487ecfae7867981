//! The circuits that the benchmark proves.

pub(crate) mod certificate;
pub(crate) mod dense;
pub(crate) mod ml;
mod product;
