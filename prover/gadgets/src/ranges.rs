//! The range checks of a circuit, collected while it is built and proved at its end.

use bellman::ConstraintSystem;
use bls12_381::Scalar;
use ff::Field;

use crate::int::{power_of_two, scalar};
use crate::lookups::{Lookups, Tables};
use crate::system::{Synthesizer, System};
use crate::{Bit, Error, Linear};

/// Builds a circuit, and proves its range checks by bits: a constraint a bit.
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
    system.into_ranges().by_bits(cs)?;
    Ok(built)
}

/// Builds a circuit, and proves its range checks by bits or, where that takes fewer
/// constraints, prepares to prove them by lookups: those are still to be
/// [enforced](Lookups::enforce) with a challenge that is drawn once all wires so far are
/// fixed.
///
/// # Errors
/// Those of the circuit.
pub fn first_stage<CS, T>(
    cs: &mut CS,
    circuit: impl FnOnce(&mut Synthesizer<'_, CS>) -> Result<T, Error>,
) -> Result<(T, Option<Lookups>), Error>
where
    CS: ConstraintSystem<Scalar>,
{
    let mut system = Synthesizer::new(cs);
    let built = circuit(&mut system)?;
    let ranges = system.into_ranges();
    let lookups = match Tables::cheapest(&ranges.widths()) {
        Some(tables) => Some(Lookups::prepare(cs, ranges.checks, tables)?),
        None => {
            ranges.by_bits(cs)?;
            None
        }
    };
    Ok((built, lookups))
}

/// `linear` is congruent to an integer in `0..2^bits` modulo the field's order.
pub(crate) struct Check {
    /// Where it was asked for, if that is known.
    pub path: String,
    pub linear: Linear,
    pub value: Option<i128>,
    pub bits: u32,
    /// What was split off at the bottom: how many bits, and the combination that they are.
    low: Option<(u32, Linear)>,
}

/// A check's place in the list.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CheckId(usize);

/// Range checks that are still to be proved.
#[derive(Default)]
pub struct Ranges {
    checks: Vec<Check>,
}

/// Asks for a check of 1 bit or more.
pub(crate) fn ask<CS>(cs: &mut CS, linear: Linear, value: Option<i128>, bits: u32) -> CheckId
where
    CS: System,
{
    let path = cs.path();
    cs.ranges().add(path, linear, value, bits)
}

impl Ranges {
    fn add(&mut self, path: String, linear: Linear, value: Option<i128>, bits: u32) -> CheckId {
        self.checks.push(Check {
            path,
            linear,
            value,
            bits,
            low: None,
        });
        CheckId(self.checks.len() - 1)
    }

    /// The low `shift` bits of what a check of more bits is about, an integer in
    /// `0..2^shift`: the check is replaced by one of these and one of those above, which
    /// together say the same. `None` where it has been split elsewhere already.
    pub(crate) fn split<CS>(mut cs: CS, id: CheckId, shift: u32) -> Result<Option<Linear>, Error>
    where
        CS: System,
    {
        let check = &cs.ranges().checks[id.0];
        if let Some((split, low)) = &check.low {
            return Ok((*split == shift).then(|| low.clone()));
        }
        let low_value = check.value.map(|value| value & ((1 << shift) - 1));
        let low = Linear::alloc(&mut cs, || "low bits", low_value.map(scalar))?;
        ask(&mut cs, low.clone(), low_value, shift);
        let check = &mut cs.ranges().checks[id.0];
        check.linear = (&check.linear - &low).scale(inverse_power_of_two(shift));
        check.value = check.value.map(|value| value >> shift);
        check.bits -= shift;
        check.low = Some((shift, low.clone()));
        Ok(Some(low))
    }

    /// How many bits each check has.
    pub fn bits(&self) -> impl Iterator<Item = u32> {
        self.checks.iter().map(|check| check.bits)
    }

    /// How many checks there are of each number of bits.
    fn widths(&self) -> Vec<usize> {
        let mut counts = Vec::new();
        for check in &self.checks {
            let bits = check.bits as usize;
            counts.resize(counts.len().max(bits + 1), 0);
            counts[bits] += 1;
        }
        counts
    }

    /// Proves all checks: a constraint a bit.
    pub(crate) fn by_bits<CS>(self, cs: &mut CS) -> Result<(), Error>
    where
        CS: ConstraintSystem<Scalar>,
    {
        for check in &self.checks {
            check.by_bits(cs.namespace(|| check.path.clone()))?;
        }
        Ok(())
    }

    /// The path of the first check that the values given to wires don't meet.
    pub(crate) fn first_failure(
        &self,
        value: impl Fn(&Linear) -> Option<Scalar>,
    ) -> Option<String> {
        let failure = self.checks.iter().find(|check| {
            let value = value(&check.linear).map(|value| value.to_bytes());
            !value.is_some_and(|bytes| {
                let bit = |i: usize| bytes[i / 8] >> (i % 8) & 1 == 1;
                (check.bits as usize..256).all(|i| !bit(i))
            })
        });
        failure.map(|check| check.path.clone())
    }
}

impl Check {
    /// The low bits are fresh wires; the top one is `(linear - low bits) / 2^(bits-1)`, a
    /// linear combination, proved Boolean. An integer out of range puts the excess into the
    /// top bit, whose constraint then fails.
    fn by_bits<CS>(&self, mut cs: CS) -> Result<(), Error>
    where
        CS: ConstraintSystem<Scalar>,
    {
        let top = self.bits - 1;
        let low = (0..top)
            .map(|i| {
                let digit = self.value.map(|value| scalar(value >> i & 1));
                Bit::alloc_digit(&mut cs, || format!("bit {i}"), digit)
            })
            .collect::<Result<Vec<_>, _>>()?;
        let low = Linear::sum((0..top).map(power_of_two).zip(low.iter().map(Bit::linear)));
        let top = (&self.linear - &low).scale(inverse_power_of_two(top));
        Bit::enforce(cs.namespace(|| "top bit"), top);
        Ok(())
    }
}

/// `2^-exponent` in the field.
pub(crate) fn inverse_power_of_two(exponent: u32) -> Scalar {
    // A power of two is invertible, so the fallback is never taken.
    Option::from(power_of_two(exponent).invert()).unwrap_or(Scalar::ZERO)
}
