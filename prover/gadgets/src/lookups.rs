//! Range checks by lookups in tables of all integers of so many bits, proved with one random
//! challenge by logarithmic derivatives (Haböck, [ePrint 2022/1530]).
//!
//! For looked-up values `v_i`, and multiplicities `m_t` for every entry `t` of a table,
//!
//! ```text
//! sum_i 1 / (X - v_i) = sum_t m_t / (X - t)
//! ```
//!
//! as rational functions exactly if every `v_i` is an entry: a `v_i` outside would be a pole
//! of the left side only, and fewer than the field's characteristic poles of it can't cancel.
//! Where it isn't an identity, it holds for at most as many `X` as there are values and
//! entries together. So it is enforced at a challenge that is drawn once all `v_i` and `m_t`
//! are fixed: the second stage of the circuit, which takes a constraint for each value, one
//! for each entry, and one for the sum.
//!
//! A check of more bits than a table has is cut into limbs, the last of which is what the
//! others leave over. A limb that is too small for every table is looked up twice, as itself
//! and shifted to the table's width.
//!
//! [ePrint 2022/1530]: https://eprint.iacr.org/2022/1530

use bellman::ConstraintSystem;
use bls12_381::Scalar;
use ff::BatchInverter;

use crate::int::{MAX_BITS, inverse_power_of_two, power_of_two, scalar};
use crate::ranges::Check;
use crate::{Bit, Error, Linear};

/// The widest table.
const MAX_TABLE_BITS: u32 = 16;

/// How the next bits of an integer are proved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Limb {
    /// One bit, by a constraint of its own.
    Bit,
    /// As many bits as a table has.
    Whole(usize),
    /// So many bits, fewer than a table has: two lookups.
    Part(usize, u32),
}

/// The tables of a circuit: how many bits each has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tables {
    bits: Vec<u32>,
    /// For each number of bits, the constraints that a check takes and its lowest limb.
    plans: Vec<(usize, Limb)>,
}

impl Tables {
    /// The one or two tables with which checks take the fewest constraints, where `widths[n]`
    /// of them have `n` bits; `None` where a constraint a bit is no more.
    pub fn cheapest(widths: &[usize]) -> Option<Self> {
        let pairs = (2..=MAX_TABLE_BITS).flat_map(|a| (a..=MAX_TABLE_BITS).map(move |b| [a, b]));
        let tables = pairs.map(|[a, b]| match a == b {
            true => Self::new(vec![a]),
            false => Self::new(vec![a, b]),
        });
        let costs = tables.map(|tables| (tables.constraints(widths), tables));
        let (constraints, tables) = costs.min_by_key(|(constraints, _)| *constraints)?;
        let by_bits: usize = widths.iter().enumerate().map(|(bits, n)| bits * n).sum();
        (constraints < by_bits).then_some(tables)
    }

    fn new(bits: Vec<u32>) -> Self {
        let mut plans = vec![(0, Limb::Bit)];
        for width in 1..=MAX_BITS {
            let after = |limb: u32| plans.get((width - limb) as usize).map_or(0, |plan| plan.0);
            let mut best = (after(1) + 1, Limb::Bit);
            for (table, &table_bits) in bits.iter().enumerate() {
                let option = match width.cmp(&table_bits) {
                    std::cmp::Ordering::Less => (2, Limb::Part(table, width)),
                    _ => (after(table_bits) + 1, Limb::Whole(table)),
                };
                if option.0 < best.0 {
                    best = option;
                }
            }
            plans.push(best);
        }
        Self { bits, plans }
    }

    /// Constraints of all checks and tables.
    fn constraints(&self, widths: &[usize]) -> usize {
        let plans = widths.iter().zip(&self.plans);
        let checks: usize = plans.map(|(n, (constraints, _))| n * constraints).sum();
        let tables: usize = self.bits.iter().map(|bits| (1 << bits) + 1).sum();
        checks + tables
    }

    /// The limbs of a check, lowest first.
    fn limbs(&self, mut bits: u32) -> Vec<(Limb, u32)> {
        let mut limbs = Vec::new();
        while bits > 0 {
            let limb = self.plans.get(bits as usize).map_or(Limb::Bit, |p| p.1);
            let width = match limb {
                Limb::Bit => 1,
                Limb::Whole(table) => self.bits[table],
                Limb::Part(_, width) => width,
            };
            limbs.push((limb, width));
            bits -= width;
        }
        limbs
    }
}

/// A table and what is looked up in it.
struct Table {
    /// All that is looked up.
    values: Vec<Linear>,
    /// How often each entry occurs, where the witness is known.
    counts: Vec<u64>,
    /// Whether the witness is known.
    is_known: bool,
    /// How often each entry occurs, as wires.
    multiplicities: Vec<Linear>,
}

impl Table {
    fn new(bits: u32) -> Self {
        Self {
            values: Vec::new(),
            counts: vec![0; 1 << bits],
            is_known: true,
            multiplicities: Vec::new(),
        }
    }

    /// A value outside counts nowhere, so that the sums will differ.
    fn look_up(&mut self, linear: Linear, value: Option<i128>) {
        self.values.push(linear);
        self.is_known &= value.is_some();
        let index = value.and_then(|value| usize::try_from(value).ok());
        if let Some(count) = index.and_then(|index| self.counts.get_mut(index)) {
            *count += 1;
        }
    }
}

/// Lookups whose values and multiplicities are fixed, and which are still to be enforced with
/// a challenge.
#[must_use = "checks are not proved until the lookups are enforced"]
pub struct Lookups {
    plan: Tables,
    tables: Vec<Table>,
}

impl Lookups {
    /// Cuts checks into limbs, and allocates these and the multiplicities.
    pub(crate) fn prepare<CS>(cs: &mut CS, checks: Vec<Check>, plan: Tables) -> Result<Self, Error>
    where
        CS: ConstraintSystem<Scalar>,
    {
        let mut lookups = Self {
            tables: plan.bits.iter().copied().map(Table::new).collect(),
            plan,
        };
        for check in checks {
            let path = check.path.clone();
            lookups.add(cs.namespace(|| path), check)?;
        }
        for (t, table) in lookups.tables.iter_mut().enumerate() {
            for (entry, count) in table.counts.iter().enumerate() {
                let name = || format!("table {t} multiplicity {entry}");
                let value = table.is_known.then(|| Scalar::from(*count));
                let wire = Linear::alloc(&mut *cs, name, value)?;
                table.multiplicities.push(wire);
            }
        }
        Ok(lookups)
    }

    fn add<CS>(&mut self, mut cs: CS, check: Check) -> Result<(), Error>
    where
        CS: ConstraintSystem<Scalar>,
    {
        let limbs = self.plan.limbs(check.bits);
        let Check {
            mut linear,
            mut value,
            ..
        } = check;
        for (i, &(limb, width)) in limbs.iter().enumerate() {
            let mut cs = cs.namespace(|| format!("limb {i}"));
            // The last one takes all that is left, in range or not.
            let (low, low_value) = if i + 1 == limbs.len() {
                (linear.clone(), value)
            } else {
                let low_value = value.map(|value| value & ((1 << width) - 1));
                let low = Linear::alloc(&mut cs, || "value", low_value.map(scalar))?;
                linear = (&linear - &low).scale(inverse_power_of_two(width));
                value = value.map(|value| value >> width);
                (low, low_value)
            };
            match limb {
                Limb::Bit => {
                    Bit::enforce(cs, low);
                }
                Limb::Whole(table) => self.tables[table].look_up(low, low_value),
                Limb::Part(table, width) => {
                    let shift = self.plan.bits[table] - width;
                    let shifted = low.scale(power_of_two(shift));
                    let shifted_value = low_value.and_then(|v| v.checked_mul(1 << shift));
                    // Where it overflows, the value itself is outside as well.
                    let shifted_value = shifted_value.or(low_value);
                    self.tables[table].look_up(low, low_value);
                    self.tables[table].look_up(shifted, shifted_value);
                }
            }
        }
        Ok(())
    }

    /// Constraints that a check of so many bits takes.
    pub fn constraints_of(&self, bits: u32) -> usize {
        let plan = self.plan.plans.get(bits as usize);
        plan.map_or(bits as usize, |plan| plan.0)
    }

    /// Constraints of the tables, whatever is looked up in them.
    pub fn table_constraints(&self) -> usize {
        self.plan.constraints(&[])
    }

    /// Enforces all lookups: a constraint for each, one for each entry of a table and one for
    /// each table.
    ///
    /// The `challenge` must be drawn once all wires allocated so far are fixed: that is all
    /// that its value is good for.
    ///
    /// # Errors
    /// Those of the constraint system.
    pub fn enforce<CS>(self, mut cs: CS, challenge: &Linear) -> Result<(), Error>
    where
        CS: ConstraintSystem<Scalar>,
    {
        for (t, table) in self.tables.into_iter().enumerate() {
            table.enforce(cs.namespace(|| format!("table {t}")), challenge)?;
        }
        Ok(())
    }
}

impl Table {
    fn enforce<CS>(self, mut cs: CS, challenge: &Linear) -> Result<(), Error>
    where
        CS: ConstraintSystem<Scalar>,
    {
        let entry = |index: usize| Linear::constant(Scalar::from(index as u64));
        let entries = 0..self.multiplicities.len();
        // Values alone: all combinations at once would take as much memory as the circuit.
        let differences = self.values.iter().map(Linear::value);
        let differences = differences.chain(entries.map(|index| entry(index).value()));
        let inverses = inverses(differences.map(|value| Some(challenge.value()? - value?)));
        let (of_values, of_entries) = inverses.split_at(self.values.len());

        let one = Scalar::one();
        let mut terms = Vec::with_capacity(inverses.len());
        for (i, (value, inverse)) in self.values.iter().zip(of_values).enumerate() {
            let difference = challenge - value;
            let name = || format!("value {i}");
            let inverse = Linear::alloc(&mut cs, name, *inverse)?;
            cs.enforce(
                name,
                |_| inverse.lc(),
                |_| difference.lc(),
                |lc| lc + CS::one(),
            );
            terms.push((one, inverse));
        }
        for (i, (inverse, multiplicity)) in of_entries.iter().zip(&self.multiplicities).enumerate()
        {
            let difference = challenge - &entry(i);
            let name = || format!("entry {i}");
            let value = inverse.zip(multiplicity.value()).map(|(i, m)| i * m);
            let fraction = Linear::alloc(&mut cs, name, value)?;
            cs.enforce(
                name,
                |_| fraction.lc(),
                |_| difference.lc(),
                |_| multiplicity.lc(),
            );
            terms.push((-one, fraction));
        }
        let sum = Linear::sum(terms.iter().map(|(factor, term)| (*factor, term)));
        sum.enforce_equal(cs, || "sum", &Linear::zero());
        Ok(())
    }
}

/// The inverses, where values are known; 0 of 0, which then satisfies nothing.
fn inverses(values: impl Iterator<Item = Option<Scalar>>) -> Vec<Option<Scalar>> {
    let values: Vec<Option<Scalar>> = values.collect();
    let Some(mut known) = values.iter().copied().collect::<Option<Vec<Scalar>>>() else {
        return vec![None; values.len()];
    };
    let mut scratch = vec![Scalar::zero(); known.len()];
    BatchInverter::invert_with_external_scratch(&mut known, &mut scratch);
    known.into_iter().map(Some).collect()
}
