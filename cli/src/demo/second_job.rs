//! A second job on the same data: the ground for what must fail. Nobody delivers in time,
//! and a stranger triggers the refunds.

use super::Stage;
use super::chain::Slot;
use super::job::{Paid, prove};
use crate::Error;
use crate::artefact::proof::ProofFile;

/// The second job: B and C each hold a slot.
pub struct Second {
    /// B's, with a proof for it.
    pub b: Slot,
    /// C's.
    pub c: Slot,
    /// B's second slot of the first job.
    pub first_job: Slot,
    /// Of the paid parameters, for B's slot: would be paid, in time.
    pub proof: ProofFile,
}

/// Posts the job and has every slot started.
pub fn post(stage: &mut Stage<'_>, paid: &Paid) -> Result<Second, Error> {
    let cast = stage.chain.cast.clone();
    let job = stage.chain.post_job(&cast.a, paid.dataset, paid.circuit)?;
    let b = Slot { job, slot: 0 };
    let c = Slot { job, slot: 1 };
    let first_job = Slot {
        slot: 1,
        ..paid.slot
    };
    for (worker, slot) in [(&cast.b, b), (&cast.c, c), (&cast.b, first_job)] {
        stage.chain.accept(worker, slot)?;
        stage.chain.start_work(worker, slot)?;
    }
    stage.reporter.step(&format!(
        "A posts job {job}: B starts slot 0, C slot 1, and B also slot 1 of job {}",
        first_job.job
    ));
    let proving = stage.reporter.working("B proves for the second job");
    let proof = prove(stage, b, &stage.data.training, &paid.parameters)?;
    drop(proving);
    let elements = proof.elements();
    stage
        .chain
        .verify(paid.circuit, &elements, &paid.blob_bytes, &proof.proof)?;
    stage.reporter.step(&format!(
        "B has a proof for slot 0 of job {job}, and the chain finds it valid"
    ));
    Ok(Second {
        b,
        c,
        first_job,
        proof,
    })
}

/// The stranger refunds every started slot, from its deadline on.
pub fn refund(stage: &mut Stage<'_>, second: &Second) -> Result<(), Error> {
    let cast = stage.chain.cast.clone();
    let before = stage.chain.balance(&cast.a)?;
    for slot in [second.b, second.c, second.first_job] {
        stage.chain.advance_to_deadline(slot)?;
        stage.chain.expire(&cast.stranger, slot)?;
    }
    let after = stage.chain.balance(&cast.a)?;
    stage.reporter.step(&format!(
        "a stranger triggers the refunds: A has {after} instead of {before}, three rewards and bonds"
    ));
    Ok(())
}
