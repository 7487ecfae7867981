//! A circuit's constraints as sparse matrices `A w o B w = C w`, without a witness.

use std::collections::HashMap;

use bellman::{ConstraintSystem, Index, LinearCombination, SynthesisError, Variable};
use bls12_381::Scalar;
use bytemuck::{Pod, Zeroable};
use ff::PrimeField;
use rayon::prelude::*;

use crate::array::Array;
use crate::{EngineError, SecondStage, StagedCircuit};

/// A wire and its coefficient's place in the table of coefficients.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
pub(crate) struct Entry {
    pub wire: u32,
    pub coefficient: u32,
}

/// A sparse matrix by rows.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Matrix {
    /// Where each row's entries end.
    pub ends: Array<u32>,
    pub entries: Array<Entry>,
}

impl Matrix {
    fn rows(&self) -> impl IndexedParallelIterator<Item = &[Entry]> {
        let start = |row: usize| {
            row.checked_sub(1)
                .map_or(0, |before| self.ends[before] as usize)
        };
        (0..self.ends.len())
            .into_par_iter()
            .map(move |row| &self.entries[start(row)..self.ends[row] as usize])
    }

    /// The matrix times a vector of a value for each wire.
    pub fn multiply(&self, coefficients: &[Scalar], wires: &[Scalar]) -> Vec<Scalar> {
        let row = |entries: &[Entry]| {
            entries.iter().fold(Scalar::zero(), |sum, entry| {
                let value = wires[entry.wire as usize];
                match entry.coefficient {
                    ONE => sum + value,
                    MINUS_ONE => sum - value,
                    other => sum + coefficients[other as usize] * value,
                }
            })
        };
        self.rows().with_min_len(1 << 10).map(row).collect()
    }

    /// A vector of a value for each row, times the matrix.
    pub fn multiply_left(
        &self,
        coefficients: &[Scalar],
        rows: &[Scalar],
        wires: usize,
    ) -> Vec<Scalar> {
        let mut sums = vec![Scalar::zero(); wires];
        let mut start = 0;
        for (&end, value) in self.ends.iter().zip(rows) {
            for entry in &self.entries[start..end as usize] {
                sums[entry.wire as usize] += coefficients[entry.coefficient as usize] * value;
            }
            start = end as usize;
        }
        sums
    }

    /// The wires that occur, in ascending order.
    pub fn wires(&self, wires: usize) -> Vec<u32> {
        let mut occurs = vec![false; wires];
        for entry in &*self.entries {
            occurs[entry.wire as usize] = true;
        }
        let occurring = occurs.iter().enumerate().filter(|(_, occurs)| **occurs);
        occurring.map(|(wire, _)| wire as u32).collect()
    }

    /// Whether rows follow one another and entries are of `wires` and `coefficients`.
    pub fn is_well_formed(&self, wires: usize, coefficients: usize) -> bool {
        self.ends.is_sorted()
            && self.ends.last().map_or(0, |&end| end as usize) == self.entries.len()
            && self.entries.iter().all(|entry| {
                (entry.wire as usize) < wires && (entry.coefficient as usize) < coefficients
            })
    }
}

/// Where one and minus one are in the table of coefficients.
const ONE: u32 = 0;
const MINUS_ONE: u32 = 1;

/// The shape of a circuit: its wires, public ones first, then those that are committed to,
/// and its three matrices, with the setup's constraint `input * 0 = 0` for every public
/// input, the constant one included.
///
/// In each constraint A and B are exchanged where B would be dearer by the wires that it
/// brings in: B's points are needed in both groups.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Shape {
    pub public: usize,
    pub private: usize,
    /// How many of the private wires are committed to before the challenges; 0 without any.
    pub committed: usize,
    pub coefficients: Vec<Scalar>,
    pub a: Matrix,
    pub b: Matrix,
    pub c: Matrix,
}

impl Shape {
    /// Synthesises without a witness.
    ///
    /// # Errors
    /// Those of the circuit; [`EngineError::PublicInputs`] unless it has exactly one public
    /// input; [`EngineError::TooLarge`] beyond the field's roots of unity;
    /// [`EngineError::NothingCommitted`].
    pub fn of<C: StagedCircuit>(circuit: C) -> Result<Self, EngineError> {
        let mut recorder = Recorder::default();
        recorder.coefficient(&Scalar::one());
        recorder.coefficient(&-Scalar::one());
        recorder.alloc_input(|| "", || Ok(Scalar::one()))?;
        if let Some(second) = circuit.first_stage(&mut recorder)? {
            recorder.committed = recorder.private;
            if recorder.committed == 0 {
                return Err(EngineError::NothingCommitted);
            }
            second.synthesize(&mut recorder, None)?;
        }
        for i in 0..recorder.public {
            let input = Variable::new_unchecked(Index::Input(i as usize));
            recorder.enforce(|| "", |lc| lc + input, |lc| lc, |lc| lc);
        }
        recorder.finish()
    }

    /// All wires.
    pub fn wires(&self) -> usize {
        self.public + self.private
    }

    /// Whether the circuit uses challenges.
    pub fn is_challenged(&self) -> bool {
        self.committed > 0
    }

    /// The first wire that is neither public nor committed to.
    pub fn first_uncommitted(&self) -> usize {
        self.public + self.committed
    }

    /// Whether the matrices have as many rows as one another, at least the setup's own one for
    /// each public input, and no more wires and rows than the field has roots of unity for,
    /// and no more wires are committed to than there are.
    pub fn is_consistent(&self) -> bool {
        let rows = self.a.ends.len();
        rows > 0
            && rows >= self.public
            && rows == self.b.ends.len()
            && rows == self.c.ends.len()
            && rows < PRIVATE as usize
            && self.committed <= self.private
            && self.domain().trailing_zeros() < Scalar::S
            && self.wires() < PRIVATE as usize
    }

    /// Size of the evaluation domain: the least power of two that holds the constraints.
    pub fn domain(&self) -> usize {
        self.a.ends.len().next_power_of_two()
    }
}

/// Rows under construction; wires are private ones where the top bit is set.
#[derive(Default)]
struct Rows {
    ends: Vec<u32>,
    entries: Vec<Entry>,
}

const PRIVATE: u32 = 1 << 31;

/// What a wire of the second stage costs in B, where others cost 1: its value is as large as
/// the challenges, that of most others is a few bits.
const SECOND_STAGE_COST: usize = 8;

#[derive(Default)]
struct Recorder {
    public: u32,
    private: u32,
    committed: u32,
    table: HashMap<[u8; 32], u32>,
    coefficients: Vec<Scalar>,
    a: Rows,
    b: Rows,
    c: Rows,
    /// Whether a wire occurs in B, public and private ones apart.
    in_b: [Vec<bool>; 2],
    too_large: bool,
}

impl Recorder {
    fn coefficient(&mut self, value: &Scalar) -> u32 {
        let next = self.coefficients.len() as u32;
        let index = *self.table.entry(value.to_repr()).or_insert(next);
        if index == next {
            self.coefficients.push(*value);
        }
        index
    }

    fn entries(&mut self, combination: &LinearCombination<Scalar>) -> Vec<Entry> {
        let mut entries = Vec::with_capacity(combination.as_ref().len());
        for (variable, coefficient) in combination.as_ref() {
            if *coefficient == Scalar::zero() {
                continue;
            }
            let (index, side) = match variable.get_unchecked() {
                Index::Input(index) => (index, 0),
                Index::Aux(index) => (index, PRIVATE),
            };
            self.too_large |= index >= PRIVATE as usize;
            entries.push(Entry {
                wire: index as u32 | side,
                coefficient: self.coefficient(coefficient),
            });
        }
        entries
    }

    fn occurs_in_b(&mut self, wire: u32) -> Option<&mut bool> {
        let side = usize::from(wire & PRIVATE != 0);
        self.in_b[side].get_mut((wire & !PRIVATE) as usize)
    }

    /// What the wires cost that B would have more.
    fn new_in_b(&mut self, entries: &[Entry]) -> usize {
        let mut cost = 0;
        for entry in entries {
            let wire = entry.wire;
            if self.occurs_in_b(wire).is_some_and(|occurs| !*occurs) {
                cost += match self.is_of_second_stage(wire) {
                    true => SECOND_STAGE_COST,
                    false => 1,
                };
            }
        }
        cost
    }

    fn is_of_second_stage(&self, wire: u32) -> bool {
        self.committed > 0 && wire & PRIVATE != 0 && wire & !PRIVATE >= self.committed
    }

    fn finish(self) -> Result<Shape, EngineError> {
        let public = self.public as usize;
        if public != 2 {
            let found = public.saturating_sub(1);
            return Err(EngineError::PublicInputs { found });
        }
        let matrix = |rows: Rows| {
            let absolute = |mut entry: Entry| {
                if entry.wire & PRIVATE != 0 {
                    entry.wire = (entry.wire & !PRIVATE) + self.public;
                }
                entry
            };
            Matrix {
                ends: rows.ends.into(),
                entries: rows
                    .entries
                    .into_iter()
                    .map(absolute)
                    .collect::<Vec<_>>()
                    .into(),
            }
        };
        let shape = Shape {
            public,
            private: self.private as usize,
            committed: self.committed as usize,
            coefficients: self.coefficients,
            a: matrix(self.a),
            b: matrix(self.b),
            c: matrix(self.c),
        };
        match shape.is_consistent() && !self.too_large {
            true => Ok(shape),
            false => Err(EngineError::TooLarge),
        }
    }
}

impl Rows {
    fn push(&mut self, entries: &[Entry]) -> bool {
        self.entries.extend_from_slice(entries);
        let end = u32::try_from(self.entries.len());
        self.ends.push(end.unwrap_or(u32::MAX));
        end.is_ok()
    }
}

impl ConstraintSystem<Scalar> for Recorder {
    type Root = Self;

    fn alloc<F, A, AR>(&mut self, _: A, _: F) -> Result<Variable, SynthesisError>
    where
        F: FnOnce() -> Result<Scalar, SynthesisError>,
        A: FnOnce() -> AR,
        AR: Into<String>,
    {
        let index = self.private;
        self.private = index
            .checked_add(1)
            .ok_or(SynthesisError::PolynomialDegreeTooLarge)?;
        self.in_b[1].push(false);
        Ok(Variable::new_unchecked(Index::Aux(index as usize)))
    }

    fn alloc_input<F, A, AR>(&mut self, _: A, _: F) -> Result<Variable, SynthesisError>
    where
        F: FnOnce() -> Result<Scalar, SynthesisError>,
        A: FnOnce() -> AR,
        AR: Into<String>,
    {
        let index = self.public;
        self.public = index
            .checked_add(1)
            .ok_or(SynthesisError::PolynomialDegreeTooLarge)?;
        self.in_b[0].push(false);
        Ok(Variable::new_unchecked(Index::Input(index as usize)))
    }

    fn enforce<A, AR, LA, LB, LC>(&mut self, _: A, a: LA, b: LB, c: LC)
    where
        A: FnOnce() -> AR,
        AR: Into<String>,
        LA: FnOnce(LinearCombination<Scalar>) -> LinearCombination<Scalar>,
        LB: FnOnce(LinearCombination<Scalar>) -> LinearCombination<Scalar>,
        LC: FnOnce(LinearCombination<Scalar>) -> LinearCombination<Scalar>,
    {
        let mut a = self.entries(&a(LinearCombination::zero()));
        let mut b = self.entries(&b(LinearCombination::zero()));
        let c = self.entries(&c(LinearCombination::zero()));
        if self.new_in_b(&a) < self.new_in_b(&b) {
            std::mem::swap(&mut a, &mut b);
        }
        for entry in &b {
            if let Some(occurs) = self.occurs_in_b(entry.wire) {
                *occurs = true;
            }
        }
        let fit = self.a.push(&a) & self.b.push(&b) & self.c.push(&c);
        self.too_large |= !fit;
    }

    fn push_namespace<NR, N>(&mut self, _: N)
    where
        NR: Into<String>,
        N: FnOnce() -> NR,
    {
    }

    fn pop_namespace(&mut self) {}

    fn get_root(&mut self) -> &mut Self::Root {
        self
    }
}
