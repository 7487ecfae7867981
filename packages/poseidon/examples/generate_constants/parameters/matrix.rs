//! Dense matrices over the scalar field: just enough linear algebra to factor the MDS matrix.

use super::WIDTH;
use bls12_381::Scalar;

/// Row by row.
pub type Matrix = Vec<Vec<Scalar>>;

/// `m[i][j] = 1 / (x_i + y_j)` with `x_i = i` and `y_j = WIDTH + j`: every square
/// submatrix of a Cauchy matrix is invertible, which is what MDS means.
pub fn cauchy() -> Option<Matrix> {
    let entry = |i, j| Option::from(Scalar::from((i + WIDTH + j) as u64).invert());
    (0..WIDTH)
        .map(|i| (0..WIDTH).map(|j| entry(i, j)).collect())
        .collect()
}

/// `matrix * vector`.
pub fn apply(matrix: &Matrix, vector: &[Scalar]) -> Vec<Scalar> {
    matrix
        .iter()
        .map(|row| row.iter().zip(vector).map(|(a, b)| a * b).sum())
        .collect()
}

/// Swaps rows and columns.
pub fn transpose(matrix: &Matrix) -> Matrix {
    let columns = matrix.first().map_or(0, Vec::len);
    (0..columns)
        .map(|j| matrix.iter().map(|row| row[j]).collect())
        .collect()
}

/// The inverse by Gauss-Jordan elimination; `None` for a singular matrix.
pub fn inverse(matrix: &Matrix) -> Option<Matrix> {
    let n = matrix.len();
    let unit = |i| (0..n).map(move |j| Scalar::from(u64::from(i == j)));
    let mut rows: Matrix = matrix
        .iter()
        .enumerate()
        .map(|(i, row)| row.iter().copied().chain(unit(i)).collect())
        .collect();
    for column in 0..n {
        let pivot = (column..n).find(|&i| rows[i][column] != Scalar::zero())?;
        rows.swap(column, pivot);
        let scale: Scalar = Option::from(rows[column][column].invert())?;
        rows[column].iter_mut().for_each(|x| *x *= scale);
        let pivot_row = rows[column].clone();
        for row in rows
            .iter_mut()
            .enumerate()
            .filter(|(i, _)| *i != column)
            .map(|(_, row)| row)
        {
            let factor = row[column];
            row.iter_mut()
                .zip(&pivot_row)
                .for_each(|(x, p)| *x -= factor * p);
        }
    }
    Some(rows.into_iter().map(|row| row[n..].to_vec()).collect())
}
