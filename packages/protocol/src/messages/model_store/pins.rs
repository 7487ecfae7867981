//! Pins: who keeps a blob, and from when on each may let go of it.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::Timestamp;
use cosmwasm_std::storage_keys::namespace_with_key;

use crate::id::BlobId;
use crate::messages::time::Deadline;

/// Storage namespace (a `Map` from [`BlobId`] and holder) of the binary [`RegisteredPin`]s
/// that other contracts read raw.
pub const PINS: &str = "pin";

/// The storage key of a holder's [`RegisteredPin`]. Something lies there only while the blob
/// is finalised and kept.
pub fn pin_key(blob: BlobId, holder: &str) -> Vec<u8> {
    let namespaces = [PINS.as_bytes(), &blob.0.to_be_bytes()];
    namespace_with_key(&namespaces, holder.as_bytes())
}

/// A pin as other contracts read it: `nanoseconds 8 | height 8`, big-endian.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RegisteredPin {
    /// From when on its holder can release it.
    pub releasable: Deadline,
}

impl RegisteredPin {
    /// As bytes for storage.
    pub fn to_bytes(&self) -> [u8; 16] {
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&self.releasable.time.nanos().to_be_bytes());
        bytes[8..].copy_from_slice(&self.releasable.height.to_be_bytes());
        bytes
    }

    /// From a store's storage; `None` if it isn't what a store writes.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (nanos, height) = bytes.split_first_chunk::<8>()?;
        let releasable = Deadline {
            time: Timestamp::from_nanos(u64::from_be_bytes(*nanos)),
            height: u64::from_be_bytes(height.try_into().ok()?),
        };
        Some(Self { releasable })
    }
}

/// Whether an address keeps a blob.
#[cw_serde]
pub struct PinResponse {
    /// From when on it can release its pin, if it holds one.
    pub releasable: Option<Deadline>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_registered_pin_reads_back_from_its_bytes() {
        let pin = RegisteredPin {
            releasable: Deadline {
                time: Timestamp::from_nanos(0x0102),
                height: 3,
            },
        };
        let bytes = pin.to_bytes();
        let expected = [0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 0, 0, 0, 3];
        assert_eq!(bytes, expected);
        assert_eq!(RegisteredPin::from_bytes(&bytes), Some(pin));
        for len in [0, 7, 8, 15] {
            assert_eq!(RegisteredPin::from_bytes(&bytes[..len]), None);
        }
        assert_eq!(RegisteredPin::from_bytes(&[0; 17]), None);
    }
}
