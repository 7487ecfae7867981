//! A satisfied constraint system as matrices and one vector of values.

use std::collections::BTreeMap;

use bls12_381::Scalar;

use super::Recorder;
use super::canonical::Terms;
use crate::{Linear, Wire};

/// A combination over columns.
pub(super) type Combination = Vec<(usize, Scalar)>;

/// `a * b = c` over columns.
#[derive(Clone)]
pub(super) struct Row {
    pub name: String,
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

    /// The column x of a row that says x^2 = x, up to a factor.
    pub fn boolean_column(&self) -> Option<usize> {
        let mut columns = self.columns().filter(|&column| column != 0);
        let column = columns.next()?;
        if columns.any(|other| other != column) {
            return None;
        }
        let at = |x: u64| {
            let value = |side: &Combination| {
                let terms = side
                    .iter()
                    .map(|&(c, k)| if c == 0 { k } else { k * Scalar::from(x) });
                terms.fold(Scalar::zero(), |sum, term| sum + term)
            };
            value(&self.a) * value(&self.b) - value(&self.c)
        };
        let zero = Scalar::zero();
        (at(0) == zero && at(1) == zero && at(2) != zero).then_some(column)
    }

    /// Whether the row says `a * (1 - a) = 0`.
    fn is_boolean(&self) -> bool {
        let mut sum = BTreeMap::from([(0, -Scalar::one())]);
        for &(column, coefficient) in self.a.iter().chain(&self.b) {
            *sum.entry(column).or_insert(Scalar::zero()) += coefficient;
        }
        self.c.is_empty() && sum.values().all(|&sum| sum == Scalar::zero())
    }
}

/// Column 0 is the constant one, then public inputs, then private wires.
#[derive(Clone)]
pub(super) struct Instance {
    pub names: Vec<String>,
    pub values: Vec<Scalar>,
    pub rows: Vec<Row>,
    /// The constant one and the declared inputs.
    pub fixed: Vec<bool>,
    /// The constant one and the inputs that are a single wire.
    alone: Vec<bool>,
    /// Inputs of several wires, what is added to them included.
    sums: Vec<Combination>,
    /// Declared free hints.
    pub free: Vec<bool>,
    /// Every column, in the order in which to guess them.
    pub order: Vec<usize>,
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
        let mut alone = fixed.clone();
        let mut sums = Vec::new();
        for input in inputs {
            for (wire, _) in input.terms() {
                fixed[column(*wire)] = true;
            }
            match input.terms() {
                [(wire, _)] => alone[column(*wire)] = true,
                terms => {
                    let terms = terms.iter().map(|&(wire, c)| (column(wire), c));
                    sums.push(terms.chain([(0, input.offset())]).collect());
                }
            }
        }
        let rows = recorder
            .constraints()
            .iter()
            .map(|row| Row {
                name: row.name.clone(),
                a: combination(&row.a),
                b: combination(&row.b),
                c: combination(&row.c),
            })
            .collect();
        Some(Self {
            order: (0..names.len()).collect(),
            names,
            values,
            rows,
            fixed,
            alone,
            sums,
            free,
        })
    }

    /// The same system, in which an input of several wires is given by its value and not wire
    /// by wire: that its parts follow from it is for the circuit to show.
    pub fn with_input_values(&self) -> Self {
        let mut extended = self.clone();
        extended.fixed.clone_from(&self.alone);
        for sum in &self.sums {
            let mut difference = sum.clone();
            difference.push((0, -self.evaluate(sum)));
            extended.rows.push(Row {
                name: "input".into(),
                a: difference,
                b: vec![(0, Scalar::one())],
                c: Vec::new(),
            });
        }
        extended
    }

    /// The value of a combination.
    pub fn evaluate(&self, combination: &Combination) -> Scalar {
        let products = combination
            .iter()
            .map(|&(column, c)| c * self.values[column]);
        products.fold(Scalar::zero(), |sum, product| sum + product)
    }

    /// The columns that a constraint of their own makes Boolean.
    pub fn boolean(&self) -> Vec<bool> {
        let mut boolean = vec![false; self.values.len()];
        for column in self.rows.iter().filter_map(Row::boolean_column) {
            boolean[column] = true;
        }
        boolean
    }

    /// The same system with a column more for each combination that is proved Boolean and
    /// has unknowns which aren't: the top bit of an integer with a wire of its own. Linear
    /// equations in bits then say what the integer is.
    pub fn with_top_bits(&self) -> Self {
        let boolean = self.boolean();
        let mut unknown = vec![false; boolean.len()];
        self.unknowns().for_each(|column| unknown[column] = true);
        let is_top = |row: &&Row| {
            let mut columns = row.a.iter().map(|&(column, _)| column);
            columns.any(|column| unknown[column] && !boolean[column]) && row.is_boolean()
        };
        let one = Scalar::one();
        let mut extended = self.clone();
        // A top bit is guessed right after the bits below it: then the integer is known.
        let mut places = self.order.clone();
        for row in self.rows.iter().filter(is_top) {
            let top = extended.values.len();
            let mut difference = row.a.clone();
            difference.push((top, -one));
            extended.rows.push(Row {
                name: row.name.clone(),
                a: difference,
                b: vec![(0, one)],
                c: Vec::new(),
            });
            extended.rows.push(Row {
                name: row.name.clone(),
                a: vec![(top, one)],
                b: vec![(0, one), (top, -one)],
                c: Vec::new(),
            });
            extended.names.push(row.name.clone());
            extended.values.push(self.evaluate(&row.a));
            extended.fixed.push(false);
            extended.alone.push(false);
            extended.free.push(false);
            extended.order.push(top);
            places.extend(row.a.iter().map(|&(column, _)| column).max());
        }
        extended
            .order
            .sort_by_key(|&column| (places[column], column));
        extended
    }

    /// Columns that the constraints have to determine.
    pub fn unknowns(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.values.len()).filter(|&column| !self.fixed[column] && !self.free[column])
    }
}
