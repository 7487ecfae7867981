//! What must fail, each with the error that it fails with.

use assay_protocol::certificate::SquaredHinge;
use assay_protocol::circuit::CircuitSpec;
use assay_protocol::dataset::Dataset;
use assay_prover::circuit::{self, Registration};
use assay_prover::{certificate, train};

use super::Stage;
use super::cast::Cast;
use super::chain::Slot;
use super::job::{Paid, prove};
use super::report::Refusal;
use super::second_job::Second;
use crate::Error;
use crate::artefact::dataset::Holding;

/// Part of the error for a proof that isn't of the statement.
const OTHER_STATEMENT: &str = "the proof does not show this statement";

/// Collects what was refused.
struct Attempts<'s, 'r> {
    stage: &'s mut Stage<'r>,
    refused: Vec<Refusal>,
}

/// Tries everything that must fail. The last attempt is made at the deadline of B's slot.
pub fn run(stage: &mut Stage<'_>, paid: &Paid, second: &Second) -> Result<Vec<Refusal>, Error> {
    let mut attempts = Attempts {
        stage,
        refused: Vec::new(),
    };
    attempts.changed_byte(paid, second)?;
    attempts.flipped_label(second)?;
    attempts.zero_weights(paid, second)?;
    attempts.replays(paid, second)?;
    attempts.other_dataset(second)?;
    attempts.lying_label()?;
    attempts.late_delivery(paid, second)?;
    Ok(attempts.refused)
}

impl Attempts<'_, '_> {
    /// Notes a refusal for the expected reason; anything else ends the demo.
    fn must_fail<T>(
        &mut self,
        attempt: &'static str,
        expected: &'static str,
        result: Result<T, impl Into<Error>>,
    ) -> Result<(), Error> {
        let refusal = refusal(attempt, expected, result.map_err(Into::into))?;
        self.stage.reporter.refused(&refusal);
        self.refused.push(refusal);
        Ok(())
    }

    /// B uploads these bytes and delivers them in `slot`.
    fn deliver(
        &mut self,
        attempt: &'static str,
        slot: Slot,
        bytes: &[u8],
        proof: &[u8],
    ) -> Result<(), Error> {
        let b = self.stage.chain.cast.b.clone();
        let a = self.stage.chain.cast.a.clone();
        let blob = self.stage.chain.upload(&b, &a, bytes)?;
        let result = self.stage.chain.deliver(&b, slot, blob, proof);
        self.must_fail(attempt, OTHER_STATEMENT, result)
    }

    fn changed_byte(&mut self, paid: &Paid, second: &Second) -> Result<(), Error> {
        let mut bytes = paid.blob_bytes.clone();
        if let Some(first) = bytes.first_mut() {
            *first ^= 1;
        }
        let attempt = "one byte of the parameters changed, delivered with B's proof";
        self.deliver(attempt, second.b, &bytes, &second.proof.proof)
    }

    fn flipped_label(&mut self, second: &Second) -> Result<(), Error> {
        let flipped = flip_first_label(&self.stage.data.training)?;
        let registered = self.stage.data.training.registration.commitment;
        self.must_fail(
            "one label flipped in the data that A hands over",
            "not the registered dataset",
            flipped.check_against(&registered),
        )?;
        let attempt = "trained and proved on data with one label flipped";
        self.proved_on(attempt, second, &flipped)
    }

    /// B trains and proves on other data than the job's.
    fn proved_on(
        &mut self,
        attempt: &'static str,
        second: &Second,
        holding: &Holding,
    ) -> Result<(), Error> {
        let proving = self.stage.reporter.working("B proves on other data");
        let parameters = train::train(&self.stage.method, &holding.data)?;
        let proof = prove(self.stage, second.b, holding, &parameters)?;
        drop(proving);
        let bytes = assay_protocol::parameters::to_bytes(&parameters)?;
        self.deliver(attempt, second.b, &bytes, &proof.proof)
    }

    fn zero_weights(&mut self, paid: &Paid, second: &Second) -> Result<(), Error> {
        let zeros = vec![0; paid.parameters.len()];
        let data = &self.stage.data.training.data;
        let refusal = certificate::check(&self.stage.method, data, &zeros);
        self.must_fail(
            "w = 0 instead of training: proving it",
            "not trained on this data",
            refusal,
        )?;
        let attempt = "w = 0 instead of training: delivered with B's proof";
        let bytes = vec![0; paid.blob_bytes.len()];
        self.deliver(attempt, second.b, &bytes, &second.proof.proof)
    }

    /// The proof that was paid for is public; so is the blob.
    fn replays(&mut self, paid: &Paid, second: &Second) -> Result<(), Error> {
        let Cast { b, c, .. } = self.stage.chain.cast.clone();
        let replays = [
            ("B's proof sent by C, for C's slot", &c, second.c),
            ("B's proof again, for a second job", &b, second.b),
            ("B's proof again, for a second slot", &b, second.first_job),
        ];
        for (attempt, sender, slot) in replays {
            let chain = &mut self.stage.chain;
            let result = chain.deliver(sender, slot, paid.blob, &paid.proof);
            self.must_fail(attempt, OTHER_STATEMENT, result)?;
        }
        Ok(())
    }

    fn other_dataset(&mut self, second: &Second) -> Result<(), Error> {
        let other = self.stage.data.held_out.clone();
        let chain = &mut self.stage.chain;
        let a = chain.cast.a.clone();
        chain.register_dataset(&a, &other.registration)?;
        let attempt = "trained and proved on another registered dataset";
        self.proved_on(attempt, second, &other)
    }

    /// A registration of this method with the key of a far smaller circuit. The chain takes
    /// it; B doesn't, whichever of the two digests it claims.
    fn lying_label(&mut self) -> Result<(), Error> {
        let small = SquaredHinge::with_fewest_fraction_bits(2, 1, 2, 65025)?;
        let small = CircuitSpec::SquaredHingeFingerprint(small);
        let making = self
            .stage
            .reporter
            .working("C makes keys for a smaller circuit");
        let weak_key = circuit::setup(&small)?;
        let weak = circuit::registration(&small, &weak_key)?;
        drop(making);
        let honest = self.stage.keys.circuit.registration.clone();
        let lie = Registration {
            spec: honest.spec,
            ..weak
        };
        let registered = self.register(&lie)?;
        self.must_fail(
            "a circuit whose label lies: the constraint system of a smaller one",
            "the label lies",
            circuit::check(&registered, &weak_key),
        )?;
        let registered = self.register(&Registration {
            constraint_system: honest.constraint_system,
            ..lie
        })?;
        self.must_fail(
            "a circuit whose label lies: the key of a smaller one",
            "the label lies",
            circuit::check(&registered, &weak_key),
        )
    }

    /// What is registered after C has registered `lie`.
    fn register(&mut self, lie: &Registration) -> Result<Registration, Error> {
        let chain = &mut self.stage.chain;
        let c = chain.cast.c.clone();
        let id = chain.register_circuit(&c, lie)?;
        chain.circuit(id)
    }

    /// At the deadline a valid proof is too late.
    fn late_delivery(&mut self, paid: &Paid, second: &Second) -> Result<(), Error> {
        let chain = &mut self.stage.chain;
        let b = chain.cast.b.clone();
        chain.advance_to_deadline(second.b)?;
        let late = chain.deliver(&b, second.b, paid.blob, &second.proof.proof);
        let attempt = "B's valid proof, delivered at the deadline";
        self.must_fail(attempt, "the delivery deadline", late)
    }
}

/// The refusal that `result` is, if it is one for the reason expected.
pub(super) fn refusal<T>(
    attempt: &'static str,
    expected: &'static str,
    result: Result<T, Error>,
) -> Result<Refusal, Error> {
    let error = match result {
        Ok(_) => return Err(Error::Accepted(attempt)),
        Err(Error::Chain { reason, .. }) => reason,
        Err(error) => error.line(),
    };
    match error.contains(expected) {
        true => Ok(Refusal { attempt, error }),
        false => Err(Error::OtherReason {
            attempt,
            expected,
            error,
        }),
    }
}

/// The same data, schema and salt but for one label. Its registration is the original's:
/// that is what makes it a lie.
fn flip_first_label(holding: &Holding) -> Result<Holding, Error> {
    let data = &holding.data;
    let values = (0..data.rows()).flat_map(|row| data.row(row).iter().copied());
    let mut labels = data.labels().to_vec();
    if let Some(first) = labels.first_mut() {
        *first ^= 1;
    }
    let flipped = Dataset::new(data.features(), data.classes(), values.collect(), labels)?;
    Ok(Holding {
        data: flipped,
        ..holding.clone()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_through_ends_the_demo() {
        let found = refusal("steal", "no", Ok(()));
        assert!(matches!(found, Err(Error::Accepted("steal"))));
    }

    #[test]
    fn what_fails_for_another_reason_ends_the_demo() {
        let error = || Err::<(), _>(Error::Refused("not started".into()));
        let found = refusal("steal", "the proof does not show", error());
        assert!(matches!(found, Err(Error::OtherReason { .. })));
        assert!(refusal("steal", "not started", error()).is_ok());
    }
}
