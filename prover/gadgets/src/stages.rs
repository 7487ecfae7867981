//! A circuit from its gadgets: what is proved at once, at the end, and with a challenge.

use bellman::ConstraintSystem;
use bls12_381::Scalar;

use crate::batches::Batch;
use crate::lookups::{Lookups, Tables};
use crate::system::Synthesizer;
use crate::{Error, Linear};

/// Builds a circuit, and proves its range checks by bits, a constraint a bit, and every
/// product by itself.
///
/// # Errors
/// Those of the circuit.
pub fn by_bits<CS, T>(
    cs: &mut CS,
    circuit: impl FnOnce(&mut Synthesizer<'_, CS>) -> Result<T, Error>,
) -> Result<T, Error>
where
    CS: ConstraintSystem<Scalar>,
{
    let mut system = Synthesizer::new(cs);
    let built = circuit(&mut system)?;
    let (ranges, batches) = system.into_rest();
    batches.enforce(cs)?;
    ranges.by_bits(cs)?;
    Ok(built)
}

/// Builds a circuit, and proves it as [`by_bits`] does or, where that takes fewer constraints,
/// prepares to prove its range checks by lookups and its products in batches: those are still
/// to be [enforced](Rest::enforce) with a challenge that is drawn once all wires so far are
/// fixed.
///
/// # Errors
/// Those of the circuit.
pub fn first_stage<CS, T>(
    cs: &mut CS,
    circuit: impl FnOnce(&mut Synthesizer<'_, CS>) -> Result<T, Error>,
) -> Result<(T, Option<Rest>), Error>
where
    CS: ConstraintSystem<Scalar>,
{
    let mut system = Synthesizer::new(cs);
    let built = circuit(&mut system)?;
    let (ranges, batches) = system.into_rest();
    let Some(tables) = Tables::cheapest(&ranges.widths()) else {
        batches.enforce(cs)?;
        ranges.by_bits(cs)?;
        return Ok((built, None));
    };
    let batches = batches.enforce_small(cs)?;
    let lookups = Lookups::prepare(cs, ranges.checks, tables)?;
    Ok((built, Some(Rest { lookups, batches })))
}

/// What is still to be enforced with a challenge.
#[must_use = "nothing is proved until it is enforced"]
pub struct Rest {
    lookups: Lookups,
    batches: Vec<Batch>,
}

impl Rest {
    /// The range checks.
    pub fn lookups(&self) -> &Lookups {
        &self.lookups
    }

    /// Enforces all of it.
    ///
    /// The `challenge` must be drawn once all wires allocated so far are fixed: that is all
    /// that its value is good for. Each of the identities that it proves is true or false
    /// before, so the chances that a false one holds add up, whatever else it is used for.
    ///
    /// # Errors
    /// Those of the constraint system.
    pub fn enforce<CS>(self, mut cs: CS, challenge: &Linear) -> Result<(), Error>
    where
        CS: ConstraintSystem<Scalar>,
    {
        for (b, batch) in self.batches.iter().enumerate() {
            batch.enforce_with_challenge(cs.namespace(|| format!("batch {b}")), challenge)?;
        }
        self.lookups.enforce(cs.namespace(|| "lookups"), challenge)
    }
}
