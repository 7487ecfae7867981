//! Records what a circuit of bellman's allocates and enforces.

use std::collections::{BTreeMap, HashMap};

use assay_peers::{Error, Instance, Matrix};
use bellman::{Circuit, ConstraintSystem, Index, LinearCombination, SynthesisError, Variable};
use bls12_381::Scalar;

/// The constant one and the only public input.
const INPUTS: usize = 2;

/// Values and constraints.
pub(crate) struct Recorder {
    inputs: Vec<Scalar>,
    private: Vec<Scalar>,
    constraints: Vec<[LinearCombination<Scalar>; 3]>,
}

/// Why a recording makes no instance.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RecordingError {
    /// The provers are compared on circuits with one.
    #[error("the circuit has {0} public inputs: it must have exactly one")]
    PublicInputs(usize),
    /// No prover could prove it.
    #[error("the witness doesn't satisfy constraint {0}")]
    Unsatisfied(usize),
    /// The instance file can't hold it.
    #[error(transparent)]
    Instance(#[from] Error),
}

impl Recorder {
    /// Synthesises a circuit with its witness.
    pub(crate) fn of<C: Circuit<Scalar>>(circuit: C) -> Result<Self, SynthesisError> {
        let mut this = Self {
            inputs: vec![Scalar::one()],
            private: Vec::new(),
            constraints: Vec::new(),
        };
        circuit.synthesize(&mut this)?;
        Ok(this)
    }

    /// The instance, its terms sorted and merged, after checking that it is satisfied.
    pub(crate) fn into_instance(self, witness: &str) -> Result<Instance<Scalar>, RecordingError> {
        if self.inputs.len() != INPUTS {
            return Err(RecordingError::PublicInputs(self.inputs.len() - 1));
        }
        let assignment = [self.inputs, self.private].concat();
        let mut coefficients = Coefficients::default();
        let mut matrices: [Matrix; 3] = Default::default();
        for (index, combinations) in self.constraints.iter().enumerate() {
            let rows = combinations.each_ref().map(merged);
            let [a, b, c] = rows.each_ref().map(|row| evaluate(row, &assignment));
            if a * b != c {
                return Err(RecordingError::Unsatisfied(index));
            }
            for (matrix, row) in matrices.iter_mut().zip(rows) {
                let place = |(wire, coefficient)| [wire, coefficients.place(coefficient)];
                matrix.push(row.into_iter().map(place))?;
            }
        }
        Ok(Instance {
            witness: witness.into(),
            coefficients: coefficients.table,
            matrices,
            assignment,
        })
    }
}

/// Each coefficient once.
#[derive(Default)]
struct Coefficients {
    table: Vec<Scalar>,
    places: HashMap<[u8; 32], u32>,
}

impl Coefficients {
    fn place(&mut self, coefficient: Scalar) -> u32 {
        let Self { table, places } = self;
        *places.entry(coefficient.to_bytes()).or_insert_with(|| {
            table.push(coefficient);
            table.len() as u32 - 1
        })
    }
}

/// Coefficients by wire, public ones first, none of them zero.
fn merged(combination: &LinearCombination<Scalar>) -> BTreeMap<u32, Scalar> {
    let mut terms = BTreeMap::new();
    for &(variable, coefficient) in combination.as_ref() {
        let wire = match variable.get_unchecked() {
            Index::Input(index) => index,
            Index::Aux(index) => INPUTS + index,
        };
        *terms.entry(wire as u32).or_insert(Scalar::zero()) += coefficient;
    }
    terms.retain(|_, coefficient| *coefficient != Scalar::zero());
    terms
}

fn evaluate(row: &BTreeMap<u32, Scalar>, assignment: &[Scalar]) -> Scalar {
    row.iter()
        .map(|(&wire, coefficient)| assignment[wire as usize] * coefficient)
        .sum()
}

impl ConstraintSystem<Scalar> for Recorder {
    type Root = Self;

    fn alloc<F, A, AR>(&mut self, _: A, value: F) -> Result<Variable, SynthesisError>
    where
        F: FnOnce() -> Result<Scalar, SynthesisError>,
        A: FnOnce() -> AR,
        AR: Into<String>,
    {
        self.private.push(value()?);
        Ok(Variable::new_unchecked(Index::Aux(self.private.len() - 1)))
    }

    fn alloc_input<F, A, AR>(&mut self, _: A, value: F) -> Result<Variable, SynthesisError>
    where
        F: FnOnce() -> Result<Scalar, SynthesisError>,
        A: FnOnce() -> AR,
        AR: Into<String>,
    {
        self.inputs.push(value()?);
        Ok(Variable::new_unchecked(Index::Input(self.inputs.len() - 1)))
    }

    fn enforce<A, AR, LA, LB, LC>(&mut self, _: A, a: LA, b: LB, c: LC)
    where
        A: FnOnce() -> AR,
        AR: Into<String>,
        LA: FnOnce(LinearCombination<Scalar>) -> LinearCombination<Scalar>,
        LB: FnOnce(LinearCombination<Scalar>) -> LinearCombination<Scalar>,
        LC: FnOnce(LinearCombination<Scalar>) -> LinearCombination<Scalar>,
    {
        let zero = LinearCombination::zero;
        self.constraints.push([a(zero()), b(zero()), c(zero())]);
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
