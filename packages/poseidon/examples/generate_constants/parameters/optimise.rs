//! The partial rounds with one constant and a sparse matrix each (appendix B of the paper).

use super::matrix::{self, Matrix};
use super::{FULL_ROUNDS, PARTIAL_ROUNDS, Plain, WIDTH};
use bls12_381::Scalar;

/// The tables of the optimised form.
pub struct Optimised {
    /// Shape [`FULL_ROUNDS`] by [`WIDTH`].
    pub full_round_constants: Vec<Vec<Scalar>>,
    /// One for each partial round, added to element 0.
    pub partial_round_constants: Vec<Scalar>,
    /// Replaces the MDS matrix in the last full round before the partial ones.
    pub pre_sparse: Matrix,
    /// Row 0 without element 0, for each partial round.
    pub sparse_rows: Vec<Vec<Scalar>>,
    /// Column 0 without element 0, for each partial round.
    pub sparse_columns: Vec<Vec<Scalar>>,
}

impl Optimised {
    pub fn new(plain: &Plain) -> Option<Self> {
        let (full_round_constants, partial_round_constants) = push_constants(plain);
        let mds = &plain.mds;
        let block: Matrix = mds[1..].iter().map(|row| row[1..].to_vec()).collect();
        let (sparse_rows, sparse_columns) = factor(mds, &block)?;
        let columns = matrix::transpose(mds)
            .iter()
            .map(|column| raise(&block, column))
            .collect();
        let pre_sparse = matrix::transpose(&columns);
        Some(Self {
            full_round_constants,
            partial_round_constants,
            pre_sparse,
            sparse_rows,
            sparse_columns,
        })
    }
}

/// In a partial round the constants of elements 1.. commute with the S-box, so they are
/// multiplied by the MDS matrix and added to the next round's instead. What is left
/// over at the end joins the constants of the next full round.
fn push_constants(plain: &Plain) -> (Vec<Vec<Scalar>>, Vec<Scalar>) {
    let (first, rest) = plain.round_constants.split_at(FULL_ROUNDS / 2);
    let (partial, last) = rest.split_at(PARTIAL_ROUNDS);
    let mut carried = vec![Scalar::zero(); WIDTH];
    let mut heads = Vec::with_capacity(PARTIAL_ROUNDS);
    for constants in partial {
        let mut total: Vec<_> = carried.iter().zip(constants).map(|(a, b)| a + b).collect();
        heads.push(std::mem::take(&mut total[0]));
        carried = matrix::apply(&plain.mds, &total);
    }
    let mut full = [first, last].concat();
    full[FULL_ROUNDS / 2]
        .iter_mut()
        .zip(&carried)
        .for_each(|(a, b)| *a += b);
    (full, heads)
}

/// With `M = [[m, v], [w, B]]`, `diag(1, B^k) * M = [[m, v B^-(k+1)], [B^k w, I]] * diag(1, B^(k+1))`.
/// `diag(1, ..)` commutes with a partial round's S-box and constant, so from the last
/// partial round (k = 0) back to the first each keeps the sparse factor and hands the
/// other one to the round before it; the last full round's matrix takes what remains.
fn factor(mds: &Matrix, block: &Matrix) -> Option<(Matrix, Matrix)> {
    let transposed_inverse = matrix::transpose(&matrix::inverse(block)?);
    let mut row = mds[0][1..].to_vec();
    let mut column: Vec<_> = mds[1..].iter().map(|row| row[0]).collect();
    let (mut rows, mut columns) = (Vec::new(), Vec::new());
    for _ in 0..PARTIAL_ROUNDS {
        row = matrix::apply(&transposed_inverse, &row);
        rows.push(row.clone());
        columns.push(column.clone());
        column = matrix::apply(block, &column);
    }
    rows.reverse();
    columns.reverse();
    Some((rows, columns))
}

/// `diag(1, block^PARTIAL_ROUNDS) * column`.
fn raise(block: &Matrix, column: &[Scalar]) -> Vec<Scalar> {
    let rest = (0..PARTIAL_ROUNDS).fold(column[1..].to_vec(), |v, _| matrix::apply(block, &v));
    [&column[..1], &rest].concat()
}
