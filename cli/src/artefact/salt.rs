//! `salt`: what keeps a dataset's commitment from confirming a guess. A secret:
//! never printed, not even by `Debug`.

use std::fmt;

use assay_protocol::Scalar;
use assay_protocol::encoding;
use assay_verifier::file::hexadecimal;
use serde::{Deserialize, Serialize};

use super::Artefact;
use super::file::Access;
use crate::Error;

const BYTES: usize = 31;

/// A commitment's salt: 31 random bytes, read as a little-endian integer.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Salt {
    #[serde(with = "hexadecimal")]
    salt: Vec<u8>,
}

impl Salt {
    /// A salt that nobody has used.
    ///
    /// # Errors
    /// [`Error::Randomness`].
    pub fn fresh() -> Result<Self, Error> {
        let mut salt = vec![0; BYTES];
        getrandom::fill(&mut salt)?;
        Ok(Self { salt })
    }

    /// The salt as the commitment hashes it.
    pub fn scalar(&self) -> Scalar {
        let (low, high) = self
            .salt
            .split_at(self.salt.len().min(encoding::LIMB_BYTES));
        // 2^240 has no `u64`: the last byte is moved up in two steps.
        let shift = Scalar::from(1 << 60).square().square();
        encoding::limb(low) + encoding::limb(high) * shift
    }
}

impl fmt::Debug for Salt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Salt(hidden)")
    }
}

impl Artefact for Salt {
    const FORMAT: &'static str = "assay-salt";
    const ACCESS: Access = Access::Private;

    fn check(&self) -> Result<(), String> {
        match self.salt.len() == BYTES {
            true => Ok(()),
            false => Err(format!("a salt has {BYTES} bytes")),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_salt_is_its_little_endian_integer() {
        let salt = Salt {
            salt: (1..=31).collect(),
        };
        let mut expected: Vec<u8> = (1..=31).collect();
        expected.push(0);
        assert_eq!(salt.scalar().to_bytes().to_vec(), expected);
    }

    #[test]
    fn debug_hides_it_and_no_two_are_alike() {
        let salt = Salt::fresh().unwrap();
        assert_eq!(format!("{salt:?}"), "Salt(hidden)");
        assert!(salt != Salt::fresh().unwrap());
    }
}
