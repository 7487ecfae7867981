//! A satisfied constraint system as matrices and one vector of values.

use bls12_381::Scalar;

use super::Recorder;
use super::canonical::Terms;
use crate::{Linear, Wire};

/// A combination over columns.
pub(super) type Combination = Vec<(usize, Scalar)>;

/// `a * b = c` over columns.
pub(super) struct Row {
    pub a: Combination,
    pub b: Combination,
    pub c: Combination,
}

impl Row {
    pub fn sides(&self) -> [&Combination; 3] {
        [&self.a, &self.b, &self.c]
    }

    /// Every column that occurs, perhaps more than once.
    pub fn columns(&self) -> impl Iterator<Item = usize> + '_ {
        self.sides()
            .into_iter()
            .flatten()
            .map(|&(column, _)| column)
    }
}

/// Column 0 is the constant one, then public inputs, then private wires.
pub(super) struct Instance {
    pub names: Vec<String>,
    pub values: Vec<Scalar>,
    pub rows: Vec<Row>,
    /// The constant one and the declared inputs.
    pub fixed: Vec<bool>,
    /// Declared free hints.
    pub free: Vec<bool>,
}

impl Instance {
    /// `None` without a witness.
    pub fn new(recorder: &Recorder, inputs: &[Linear], free_hints: &[String]) -> Option<Self> {
        let column = |wire: Wire| match wire {
            Wire::Input(index) => index,
            Wire::Aux(index) => recorder.num_inputs() + index,
        };
        let combination = |terms: &Terms| -> Combination {
            terms
                .iter()
                .map(|&(wire, coefficient)| (column(wire), coefficient))
                .collect()
        };
        let wires: Vec<Wire> = std::iter::once(Wire::ONE).chain(recorder.wires()).collect();
        let values = wires
            .iter()
            .map(|&wire| recorder.get(wire))
            .collect::<Option<Vec<_>>>()?;
        let names: Vec<_> = wires
            .iter()
            .map(|&wire| recorder.name(wire).to_owned())
            .collect();
        let is_free = |name: &String| free_hints.iter().any(|hint| name.starts_with(hint));
        let free = names.iter().map(is_free).collect();
        let mut fixed = vec![false; wires.len()];
        fixed[0] = true;
        for (wire, _) in inputs.iter().flat_map(Linear::terms) {
            fixed[column(*wire)] = true;
        }
        let rows = recorder
            .constraints()
            .iter()
            .map(|row| Row {
                a: combination(&row.a),
                b: combination(&row.b),
                c: combination(&row.c),
            })
            .collect();
        Some(Self {
            names,
            values,
            rows,
            fixed,
            free,
        })
    }

    /// The value of a combination.
    pub fn evaluate(&self, combination: &Combination) -> Scalar {
        let products = combination
            .iter()
            .map(|&(column, c)| c * self.values[column]);
        products.fold(Scalar::zero(), |sum, product| sum + product)
    }

    /// Columns that the constraints have to determine.
    pub fn unknowns(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.values.len()).filter(|&column| !self.fixed[column] && !self.free[column])
    }
}
