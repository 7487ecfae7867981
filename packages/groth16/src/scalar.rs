//! Decoding of scalars.

use crate::Error;
use bls12_381::Scalar;

/// Reads a scalar from its 32 canonical bytes, little-endian.
///
/// # Errors
/// [`Error::MalformedScalar`] for any other length, and for numbers not below the order
/// of the group: were they reduced, one statement would have several digests.
pub fn scalar_from_bytes(bytes: &[u8]) -> Result<Scalar, Error> {
    let bytes = bytes.try_into().map_err(|_| Error::MalformedScalar)?;
    Option::from(Scalar::from_bytes(bytes)).ok_or(Error::MalformedScalar)
}
