//! The permutation in its optimised form: same function as the textbook rounds, with a
//! ninth of the constants and sparse matrices in the partial rounds.

use crate::constants::{
    FULL_ROUND_CONSTANTS, MDS, PARTIAL_ROUND_CONSTANTS, PRE_SPARSE, SPARSE_COLUMNS, SPARSE_ROWS,
};
use crate::{FULL_ROUNDS, RATE, Scalar, WIDTH};

/// Applies the Poseidon permutation to `state` in place.
///
/// Equal to 65 rounds of "add [`ROUND_CONSTANTS`](crate::ROUND_CONSTANTS), S-box,
/// multiply by [`MDS`]", the S-box acting on every element in the first and last four
/// rounds and on element 0 alone in between.
pub fn permute(state: &mut [Scalar; WIDTH]) {
    let (first, last) = FULL_ROUND_CONSTANTS.split_at(FULL_ROUNDS / 2);
    for (round, constants) in first.iter().enumerate() {
        let before_partial = round + 1 == first.len();
        full_round(
            state,
            constants,
            if before_partial { &PRE_SPARSE } else { &MDS },
        );
    }
    let sparse = SPARSE_ROWS.iter().zip(&SPARSE_COLUMNS);
    for (constant, (row, column)) in PARTIAL_ROUND_CONSTANTS.iter().zip(sparse) {
        partial_round(state, constant, row, column);
    }
    for constants in last {
        full_round(state, constants, &MDS);
    }
}

fn full_round(
    state: &mut [Scalar; WIDTH],
    constants: &[Scalar; WIDTH],
    matrix: &[[Scalar; WIDTH]; WIDTH],
) {
    for (element, constant) in state.iter_mut().zip(constants) {
        *element = quintic(&(*element + constant));
    }
    let powers = *state;
    for (element, row) in state.iter_mut().zip(matrix) {
        *element = dot(row, &powers);
    }
}

/// Multiplies by the matrix whose row 0 is `MDS[0][0], row`, whose column 0 is
/// `MDS[0][0], column`, and which is the identity elsewhere.
fn partial_round(
    state: &mut [Scalar; WIDTH],
    constant: &Scalar,
    row: &[Scalar; RATE],
    column: &[Scalar; RATE],
) {
    let [head, rest @ ..] = state;
    let power = quintic(&(*head + constant));
    *head = power * MDS[0][0] + dot(row, rest);
    for (element, factor) in rest.iter_mut().zip(column) {
        *element += power * factor;
    }
}

/// The S-box, `x^5`.
fn quintic(x: &Scalar) -> Scalar {
    x.square().square() * x
}

fn dot(a: &[Scalar], b: &[Scalar]) -> Scalar {
    a.iter()
        .zip(b)
        .fold(Scalar::zero(), |sum, (a, b)| sum + a * b)
}
