//! Every wire changed, one at a time.

use bls12_381::Scalar;

use super::instance::Instance;

/// A row and a column's coefficients in its A, B and C.
type Touch = (usize, [Scalar; 3]);

/// The columns that can be changed alone with every constraint still satisfied.
///
/// Each wire is tried with 0, 1, its successor, its negation and a pseudo-random value;
/// only the rows that it occurs in are evaluated again. Fixed inputs are tried where
/// `inputs` says so.
pub(super) fn undetected(instance: &Instance, inputs: bool) -> Vec<usize> {
    let evaluated: Vec<[Scalar; 3]> = instance
        .rows
        .iter()
        .map(|row| row.sides().map(|side| instance.evaluate(side)))
        .collect();
    let touches = touches(instance);
    let survives = |&column: &usize| {
        let value = instance.values[column];
        candidates(value, column as u64)
            .into_iter()
            .filter(|&other| other != value)
            .any(|other| {
                let step = other - value;
                touches[column].iter().all(|(row, coefficients)| {
                    let [a, b, c] = evaluated[*row];
                    let [da, db, dc] = coefficients.map(|coefficient| coefficient * step);
                    (a + da) * (b + db) == c + dc
                })
            })
    };
    let tried = |&column: &usize| {
        column != 0 && !instance.free[column] && (inputs || !instance.fixed[column])
    };
    (0..instance.values.len())
        .filter(tried)
        .filter(survives)
        .collect()
}

fn touches(instance: &Instance) -> Vec<Vec<Touch>> {
    let mut touches: Vec<Vec<Touch>> = vec![Vec::new(); instance.values.len()];
    for (index, row) in instance.rows.iter().enumerate() {
        for (side, combination) in row.sides().into_iter().enumerate() {
            for &(column, coefficient) in combination {
                let list = &mut touches[column];
                if list.last().is_none_or(|last| last.0 != index) {
                    list.push((index, [Scalar::zero(); 3]));
                }
                if let Some(last) = list.last_mut() {
                    last.1[side] = coefficient;
                }
            }
        }
    }
    touches
}

fn candidates(value: Scalar, seed: u64) -> [Scalar; 5] {
    [
        Scalar::zero(),
        Scalar::one(),
        value + Scalar::one(),
        -value,
        pseudo_random(seed),
    ]
}

/// A field element that no circuit expects: SplitMix64 over the seed.
fn pseudo_random(seed: u64) -> Scalar {
    let word = |i: u64| {
        let mut z = seed
            .wrapping_mul(4)
            .wrapping_add(i + 1)
            .wrapping_mul(0x9e37_79b9_7f4a_7c15);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    };
    Scalar::from_raw([word(0), word(1), word(2), word(3) >> 2])
}
