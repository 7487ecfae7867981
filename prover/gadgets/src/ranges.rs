//! The range checks of a circuit, collected while it is built and proved at its end.

use bellman::ConstraintSystem;
use bls12_381::Scalar;

use crate::int::{inverse_power_of_two, power_of_two, scalar};
use crate::{Bit, Error, Linear, System};

/// `linear` is congruent to an integer in `0..2^bits` modulo the field's order.
pub(crate) struct Check {
    /// Where it was asked for, if that is known.
    pub path: String,
    pub linear: Linear,
    pub value: Option<i128>,
    pub bits: u32,
    /// Where it has been cut, lowest first; the check itself is of what lies above.
    cuts: Vec<Cut>,
}

/// A place where a check has been cut.
struct Cut {
    /// Bits below it.
    at: u32,
    /// The integer that they are.
    below: Linear,
    /// The check of the bits between the cut before and this one.
    check: usize,
}

/// A check's place in the list.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CheckId(usize);

/// Range checks that are still to be proved.
pub struct Ranges {
    pub(crate) checks: Vec<Check>,
}

/// Asks for a check of 1 bit or more; a constant in range needs none.
pub(crate) fn ask<CS>(cs: &mut CS, linear: Linear, value: Option<i128>, bits: u32)
where
    CS: System,
{
    if !linear.as_constant().is_some_and(|value| fits(&value, bits)) {
        add(cs, linear, value, bits);
    }
}

/// Asks for a check that can be cut.
pub(crate) fn add<CS>(cs: &mut CS, linear: Linear, value: Option<i128>, bits: u32) -> CheckId
where
    CS: System,
{
    let path = cs.path();
    cs.ranges().push(path, linear, value, bits)
}

/// Whether it is below `2^bits`.
fn fits(value: &Scalar, bits: u32) -> bool {
    let bytes = value.to_bytes();
    (bits as usize..8 * bytes.len()).all(|i| bytes[i / 8] >> (i % 8) & 1 == 0)
}

impl Ranges {
    /// None so far. Whoever makes it proves it.
    pub(crate) fn new() -> Self {
        Self { checks: Vec::new() }
    }

    fn push(&mut self, path: String, linear: Linear, value: Option<i128>, bits: u32) -> CheckId {
        self.checks.push(Check {
            path,
            linear,
            value,
            bits,
            cuts: Vec::new(),
        });
        CheckId(self.checks.len() - 1)
    }

    /// The low `at` bits of what a check of more bits is about, an integer in `0..2^at`: the
    /// check that covers this place is replaced by one of the bits below and one of those
    /// above, which together say the same. Bits are never proved twice, wherever and however
    /// often a check is cut.
    pub(crate) fn cut<CS>(mut cs: CS, id: CheckId, at: u32) -> Result<Linear, Error>
    where
        CS: System,
    {
        let cuts = &cs.ranges().checks[id.0].cuts;
        let place = cuts.partition_point(|cut| cut.at < at);
        let next = cuts
            .get(place)
            .map(|cut| (cut.at, cut.check, cut.below.clone()));
        if let Some((_, _, below)) = next.as_ref().filter(|(cut, _, _)| *cut == at) {
            return Ok(below.clone());
        }
        let before = place.checked_sub(1).and_then(|before| cuts.get(before));
        let (start, below) = before.map_or((0, Linear::zero()), |cut| (cut.at, cut.below.clone()));
        let covering = next.map_or(id.0, |(_, check, _)| check);

        let bits = at - start;
        let whole = cs.ranges().checks[covering].value;
        let low_value = whole.map(|value| value & ((1 << bits) - 1));
        let sum = |(below, low): (Scalar, i128)| below + power_of_two(start) * scalar(low);
        let value = below.value().zip(low_value).map(sum);
        // All bits below are one wire, so that what is left above has one term more, wherever
        // else the check is cut.
        let all = Linear::alloc(&mut cs, || format!("low {at} bits"), value)?;
        let low = (&all - &below).scale(inverse_power_of_two(start));
        let check = add(&mut cs, low.clone(), low_value, bits).0;
        let upper = &mut cs.ranges().checks[covering];
        upper.linear = (&upper.linear - &low).scale(inverse_power_of_two(bits));
        upper.value = whole.map(|value| value >> bits);
        upper.bits -= bits;
        let cut = Cut {
            at,
            below: all.clone(),
            check,
        };
        cs.ranges().checks[id.0].cuts.insert(place, cut);
        Ok(all)
    }

    /// How many bits each check has.
    pub fn bits(&self) -> impl Iterator<Item = u32> {
        self.checks.iter().map(|check| check.bits)
    }

    /// How many checks there are of each number of bits.
    pub(crate) fn widths(&self) -> Vec<usize> {
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
        let failure = self
            .checks
            .iter()
            .find(|check| !value(&check.linear).is_some_and(|value| fits(&value, check.bits)));
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
