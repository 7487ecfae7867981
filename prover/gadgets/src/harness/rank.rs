//! Local uniqueness: does the Jacobian of the constraints determine every wire?

use std::collections::{BTreeMap, BTreeSet, HashMap};

use bls12_381::Scalar;
use ff::Field;

use super::instance::{Instance, Row};

type Gradient = BTreeMap<usize, Scalar>;

/// The columns that some direction in the constraints' null space changes, with inputs
/// and free hints held fixed.
///
/// Two stages. Rows with a single unknown left determine it, which in turn shortens other
/// rows: that settles nearly all of a circuit. What is left is eliminated, sparsest row
/// first.
pub(super) fn undetermined(instance: &Instance) -> Vec<usize> {
    let mut unknown = vec![false; instance.values.len()];
    instance
        .unknowns()
        .for_each(|column| unknown[column] = true);
    let mut gradients: Vec<Gradient> = instance
        .rows
        .iter()
        .map(|row| gradient(instance, row, &unknown))
        .collect();
    peel(&mut gradients, &mut unknown);
    for gradient in &mut gradients {
        gradient.retain(|&column, _| unknown[column]);
    }
    gradients.retain(|gradient| !gradient.is_empty());
    let pivots = eliminate(gradients);
    let free = |column: &usize| unknown[*column] && !pivots.contains_key(column);
    let mut undetermined: Vec<usize> = (0..unknown.len()).filter(free).collect();
    undetermined.extend(
        pivots
            .iter()
            .filter(|(_, row)| row.len() > 1)
            .map(|(column, _)| column),
    );
    undetermined.sort_unstable();
    undetermined
}

/// The derivative of `a * b - c` by every unknown.
fn gradient(instance: &Instance, row: &Row, unknown: &[bool]) -> Gradient {
    let (a, b) = (instance.evaluate(&row.a), instance.evaluate(&row.b));
    let mut gradient = Gradient::new();
    for (side, factor) in row.sides().into_iter().zip([b, a, -Scalar::one()]) {
        for &(column, coefficient) in side.iter().filter(|(column, _)| unknown[*column]) {
            *gradient.entry(column).or_insert(Scalar::zero()) += coefficient * factor;
        }
    }
    gradient.retain(|_, derivative| *derivative != Scalar::zero());
    gradient
}

fn peel(gradients: &mut [Gradient], unknown: &mut [bool]) {
    let mut rows_of: Vec<Vec<usize>> = vec![Vec::new(); unknown.len()];
    for (row, gradient) in gradients.iter().enumerate() {
        gradient
            .keys()
            .for_each(|&column| rows_of[column].push(row));
    }
    let single = |row: &usize| gradients[*row].len() == 1;
    let mut queue: Vec<usize> = (0..gradients.len()).filter(single).collect();
    while let Some(row) = queue.pop() {
        let Some((column, _)) = gradients[row].pop_first() else {
            continue;
        };
        unknown[column] = false;
        for &other in &rows_of[column] {
            gradients[other].remove(&column);
            if gradients[other].len() == 1 {
                queue.push(other);
            }
        }
    }
}

/// Reduced row echelon form: pivot column to its row, whose pivot is 1 and in which no
/// other pivot occurs.
fn eliminate(mut gradients: Vec<Gradient>) -> HashMap<usize, Gradient> {
    gradients.sort_by_key(Gradient::len);
    let mut pivots: HashMap<usize, Gradient> = HashMap::new();
    // The pivot rows in which a column occurs, stale entries included.
    let mut occurs: HashMap<usize, BTreeSet<usize>> = HashMap::new();
    for mut row in gradients {
        let known: Vec<usize> = row
            .keys()
            .copied()
            .filter(|c| pivots.contains_key(c))
            .collect();
        for column in known {
            subtract(&mut row, column, &pivots[&column]);
        }
        let Some((&pivot, &leading)) = row.iter().next() else {
            continue;
        };
        let inverse = Option::from(leading.invert()).unwrap_or(Scalar::ZERO);
        row.values_mut().for_each(|value| *value *= inverse);
        for other in occurs.remove(&pivot).unwrap_or_default() {
            if let Some(target) = pivots.get_mut(&other) {
                subtract(target, pivot, &row);
                for &column in target.keys() {
                    occurs.entry(column).or_default().insert(other);
                }
            }
        }
        for &column in row.keys() {
            occurs.entry(column).or_default().insert(pivot);
        }
        pivots.insert(pivot, row);
    }
    pivots
}

/// Removes `column` from `row` with a multiple of `pivot_row`, where it is 1.
fn subtract(row: &mut Gradient, column: usize, pivot_row: &Gradient) {
    let Some(&factor) = row.get(&column) else {
        return;
    };
    for (&other, &value) in pivot_row {
        let entry = row.entry(other).or_insert(Scalar::zero());
        *entry -= factor * value;
        if *entry == Scalar::zero() {
            row.remove(&other);
        }
    }
}
