//! Deliveries and proofs.

use assay_reference::Model;
use assay_reference::jobs::{Message, SlotId, Terms};
use assay_reference::message::{self, Step};
use assay_reference::money::Who;
use assay_reference::proof::{CircuitId, Claim, Proof};

use super::Generator;
use crate::accounts::STRANGER;

impl Generator {
    /// A proof that mostly holds, of parameters that the requester mostly pins.
    pub(super) fn deliver(
        &mut self,
        model: &Model,
        slot: SlotId,
        terms: &Terms,
        worker: Who,
    ) -> Step {
        let circuit = model.circuits.get(usize::from(terms.circuit.0));
        let fits = |blob: &assay_reference::store::Blob| {
            blob.pins.contains_key(&terms.requester)
                && blob.count() == 1
                && circuit.and_then(|c| c.hash()) == Some(blob.hash)
        };
        let is_any = self.dice.chance(8);
        let blobs = model.store.blobs.iter();
        let blobs = blobs.filter(|(_, blob)| is_any || fits(blob));
        let blobs: Vec<u64> = blobs.map(|(&id, _)| id).collect();
        let Some(&blob) = self.dice.pick(&blobs) else {
            return self.blob_for(model, terms.requester, circuit.and_then(|c| c.hash()));
        };
        let sender = self.person();
        let proof = match model
            .store
            .blobs
            .get(&blob)
            .and_then(|blob| blob.parameters())
        {
            None => Proof::Garbage(192),
            Some(parameters) => {
                let claim = Claim::Training {
                    slot,
                    worker,
                    commitment: terms.commitment,
                    parameters,
                };
                self.proof(terms.circuit, claim)
            }
        };
        let deliver = Message::Deliver { slot, blob, proof };
        self.unpaid(sender, message::Message::Jobs(deliver))
    }

    /// A valid proof, mostly of the right claim.
    pub(super) fn proof(&mut self, circuit: CircuitId, claim: Claim) -> Proof {
        let mut claim = claim;
        let change = self.dice.below(40);
        match &mut claim {
            Claim::Training {
                slot,
                worker,
                commitment,
                parameters,
            } => match change {
                0 => slot.0 += 1,
                1 => slot.1 += 1,
                2 => *worker = STRANGER,
                3 => *commitment += 1,
                4 => parameters.length += 1,
                _ => {}
            },
            Claim::Prediction {
                request,
                provider,
                schema,
                input,
                output,
                ..
            } => match change {
                0 => *request += 1,
                1 => *provider = STRANGER,
                2 => schema.push(' '),
                3 => input.push(1),
                4 => output.push(1),
                _ => {}
            },
        }
        match change {
            5 => Proof::Garbage(192),
            6 => Proof::Garbage(240),
            7 => Proof::Garbage(self.dice.below(300) as u16),
            8 => Proof::Of(CircuitId(self.dice.below(5) as u8), claim),
            _ => Proof::Of(circuit, claim),
        }
    }
}
