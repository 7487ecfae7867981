//! The part of a dataset that other contracts read raw.

use cosmwasm_std::storage_keys::namespace_with_key;
use cosmwasm_std::{Coin, Uint256};

use super::MAX_ROYALTY_BPS;
use crate::id::{DatasetCommitment, DatasetId};

/// Storage namespace (a `Map` from [`DatasetId`]) of the binary [`RegisteredDataset`]s that
/// other contracts read raw.
pub const DATASETS: &str = "dataset";

/// The storage key of a dataset's [`RegisteredDataset`].
pub fn registered_dataset(dataset: DatasetId) -> Vec<u8> {
    namespace_with_key(&[DATASETS.as_bytes()], &dataset.0.to_be_bytes())
}

/// A dataset as other contracts read it:
/// `commitment 32 | deprecated 1 | royalty_bps 2 | amount 32 | denomination | 0 | owner`,
/// integers big-endian. The amount and the denomination are the price; without one the
/// amount is 0 and the denomination empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisteredDataset {
    /// The hiding commitment.
    pub commitment: DatasetCommitment,
    /// Whether no new jobs may be posted on it.
    pub deprecated: bool,
    /// What its owner gets of a worker's reward, in hundredths of a per cent.
    pub royalty_bps: u16,
    /// What its owner gets for each model that a job buys; at least 1.
    pub price: Option<Coin>,
    /// The address of its owner.
    pub owner: String,
}

impl RegisteredDataset {
    /// As bytes for storage. Neither denominations nor addresses hold a zero byte.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.commitment.to_bytes().to_vec();
        bytes.push(u8::from(self.deprecated));
        bytes.extend_from_slice(&self.royalty_bps.to_be_bytes());
        let amount = self.price.as_ref().map_or(Uint256::zero(), |p| p.amount);
        bytes.extend_from_slice(&amount.to_be_bytes());
        let denom = self.price.as_ref().map_or("", |price| &price.denom);
        bytes.extend_from_slice(denom.as_bytes());
        bytes.push(0);
        bytes.extend_from_slice(self.owner.as_bytes());
        bytes
    }

    /// From a registry's storage; `None` if it isn't what a registry writes.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (commitment, rest) = bytes.split_first_chunk::<32>()?;
        let (&[deprecated], rest) = rest.split_first_chunk::<1>()?;
        let (royalty_bps, rest) = rest.split_first_chunk::<2>()?;
        let (amount, rest) = rest.split_first_chunk::<32>()?;
        let (denom, owner) = core::str::from_utf8(rest).ok()?.split_once('\0')?;
        let amount = Uint256::from_be_bytes(*amount);
        if deprecated > 1 || amount.is_zero() != denom.is_empty() || owner.is_empty() {
            return None;
        }
        let denom = Some(denom).filter(|denom| !denom.is_empty());
        Some(Self {
            commitment: DatasetCommitment::from_bytes(commitment)?,
            deprecated: deprecated == 1,
            royalty_bps: Some(u16::from_be_bytes(*royalty_bps))
                .filter(|&bps| bps <= MAX_ROYALTY_BPS)?,
            price: denom.map(|denom| Coin::new(amount, denom)),
            owner: owner.to_owned(),
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use cosmwasm_std::coin;

    use super::*;
    use crate::Scalar;

    fn priced() -> RegisteredDataset {
        RegisteredDataset {
            commitment: DatasetCommitment(Scalar::from(1)),
            deprecated: true,
            royalty_bps: 0x0102,
            price: Some(coin(0x0304, "token")),
            owner: "owner".into(),
        }
    }

    #[test]
    fn a_registered_dataset_reads_back_from_its_bytes() {
        let dataset = priced();
        let bytes = dataset.to_bytes();
        assert_eq!((bytes[0], &bytes[32..35]), (1, &[1, 1, 2][..]));
        assert_eq!(&bytes[65..], b"\x03\x04token\0owner");
        assert_eq!(RegisteredDataset::from_bytes(&bytes), Some(dataset));
        let free = RegisteredDataset {
            deprecated: false,
            price: None,
            ..priced()
        };
        let bytes = free.to_bytes();
        assert_eq!(&bytes[32..], [&[0, 1, 2][..], &[0; 33], b"owner"].concat());
        assert_eq!(RegisteredDataset::from_bytes(&bytes), Some(free));
    }

    #[test]
    fn bytes_that_no_registry_writes_are_no_dataset() {
        let valid = priced().to_bytes();
        for len in [0, 31, 32, 34, 66, 67, 72, 73] {
            assert_eq!(RegisteredDataset::from_bytes(&valid[..len]), None, "{len}");
        }
        let changed = |at: usize, byte: u8| {
            let mut bytes = valid.clone();
            bytes[at] = byte;
            RegisteredDataset::from_bytes(&bytes)
        };
        assert!(changed(0, 2).is_some());
        for (at, byte) in [(31, 0xff), (32, 2), (33, 0xff), (70, 0xff), (72, b'x')] {
            assert_eq!(changed(at, byte), None, "{at}");
        }
        let mut free_of = valid.clone();
        free_of[35..67].fill(0);
        assert_eq!(RegisteredDataset::from_bytes(&free_of), None);
    }
}
