//! What a proof is bound to besides its data: chain, contract, subject, payee, circuit.

use crate::Scalar;
use crate::circuit::Kind;
use crate::hash::sha256_scalar;
use crate::id::CircuitId;

/// Version of the context's encoding; the first thing hashed.
const VERSION: &[u8] = b"assay/context/1";

/// The circumstances a proof is made for. A proof made for one context is
/// worthless in every other.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The statement's kind.
    pub kind: Kind,
    /// The chain's id.
    pub chain_id: &'a str,
    /// Address of the contract that verifies.
    pub contract: &'a str,
    /// The job (or request, or registration) in that contract.
    pub subject: u64,
    /// The job's slot (or the execution's step).
    pub slot: u32,
    /// Who is paid.
    pub payee: &'a str,
    /// The circuit that the proof is for.
    pub circuit: CircuitId,
}

impl Context<'_> {
    /// SHA-256 over the length-prefixed parts, cut to 31 bytes and read as a
    /// little-endian integer, which is below the field's order.
    pub fn to_scalar(&self) -> Scalar {
        let parts: [&[u8]; 8] = [
            VERSION,
            &[self.kind as u8],
            self.chain_id.as_bytes(),
            self.contract.as_bytes(),
            &self.subject.to_be_bytes(),
            &self.slot.to_be_bytes(),
            self.payee.as_bytes(),
            &self.circuit.0,
        ];
        sha256_scalar(parts.iter().copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONTEXT: Context<'static> = Context {
        kind: Kind::TrainingPublic,
        chain_id: "assay-1",
        contract: "escrow",
        subject: 7,
        slot: 0,
        payee: "worker",
        circuit: CircuitId([3; 32]),
    };

    #[test]
    fn every_part_of_the_context_changes_it() {
        let original = CONTEXT.to_scalar();
        let changed = [
            Context {
                chain_id: "assay-2",
                ..CONTEXT
            },
            Context {
                contract: "escrov",
                ..CONTEXT
            },
            Context {
                subject: 8,
                ..CONTEXT
            },
            Context { slot: 1, ..CONTEXT },
            Context {
                payee: "thief",
                ..CONTEXT
            },
            Context {
                circuit: CircuitId([4; 32]),
                ..CONTEXT
            },
        ];
        for other in changed {
            assert_ne!(other.to_scalar(), original, "{other:?}");
        }
    }

    #[test]
    fn a_byte_moved_between_neighbouring_parts_changes_it() {
        let moved = Context {
            chain_id: "assay-1e",
            contract: "scrow",
            ..CONTEXT
        };
        assert_ne!(moved.to_scalar(), CONTEXT.to_scalar());
    }

    #[test]
    fn it_fits_in_31_bytes() {
        assert_eq!(CONTEXT.to_scalar().to_bytes()[31], 0);
    }
}
