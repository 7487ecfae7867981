//! A solver for the squared-hinge objective whose rounded result has a certificate.
//!
//! Newton's method with a line search: the objective is strongly convex and piecewise
//! quadratic, so a dozen steps reach the optimum to working precision. Floats end here:
//! what is returned are integers, and the certificate on integers has the last word.

use assay_protocol::certificate::{FEATURE_SCALE, FEATURE_SCALE_SQUARED, SquaredHinge};
use assay_protocol::dataset::Dataset;
use nalgebra::{Cholesky, DMatrix, DVector};
use rayon::prelude::*;

use crate::certificate::{Refusal, check, check_shape, is_positive};

/// The most Newton steps; a dozen are usual.
const MAX_STEPS: usize = 200;

/// The gradient's largest entry at which the solver stops.
const TOLERANCE: f64 = 1e-11;

/// Why there are no parameters.
#[derive(Debug, thiserror::Error)]
pub enum TrainError {
    /// The data doesn't fit the specification, or the result has no certificate.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The Hessian is not positive definite in working precision.
    #[error("the solver failed on vector {vector}: use a larger lambda")]
    Singular {
        /// Weight vector (class).
        vector: usize,
    },
}

/// Trains on `data`: parameters `[vectors, features + 1]` that have a certificate.
///
/// # Errors
/// [`TrainError`] if the data doesn't fit the specification or the solver fails.
pub fn train(spec: &SquaredHinge, data: &Dataset) -> Result<Vec<i32>, TrainError> {
    check_shape(spec, data)?;
    let features = feature_matrix(data);
    let vectors = (0..spec.vectors())
        .into_par_iter()
        .map(|vector| {
            let labels = labels(spec, data, vector);
            let objective = Objective {
                features: &features,
                labels,
                lambda: lambda(spec),
            };
            let weights = objective
                .minimise()
                .ok_or(TrainError::Singular { vector })?;
            Ok(weights
                .iter()
                .map(|w| round(spec, *w))
                .collect::<Vec<i32>>())
        })
        .collect::<Result<Vec<_>, TrainError>>()?;
    let parameters = vectors.concat();
    check(spec, data, &parameters)?;
    Ok(parameters)
}

fn lambda(spec: &SquaredHinge) -> f64 {
    spec.lambda_65025 as f64 / FEATURE_SCALE_SQUARED as f64
}

fn round(spec: &SquaredHinge, weight: f64) -> i32 {
    (weight * f64::from(1u32 << spec.fraction_bits)).round() as i32
}

/// `[rows, features + 1]` in `[0, 1]`, the constant feature last.
fn feature_matrix(data: &Dataset) -> DMatrix<f64> {
    DMatrix::from_fn(data.rows(), data.features() + 1, |i, j| {
        data.row(i)
            .get(j)
            .map_or(1.0, |&x| f64::from(x) / FEATURE_SCALE as f64)
    })
}

fn labels(spec: &SquaredHinge, data: &Dataset, vector: usize) -> DVector<f64> {
    let sign = |label: &u8| {
        if is_positive(spec, vector, *label) {
            1.0
        } else {
            -1.0
        }
    };
    DVector::from_iterator(data.rows(), data.labels().iter().map(sign))
}

/// `lambda/2 |w|^2 + 1/n sum max(0, 1 - y <w, x>)^2`.
struct Objective<'a> {
    features: &'a DMatrix<f64>,
    labels: DVector<f64>,
    lambda: f64,
}

impl Objective<'_> {
    fn minimise(&self) -> Option<DVector<f64>> {
        let mut weights = DVector::zeros(self.features.ncols());
        for _ in 0..MAX_STEPS {
            let hinge = self.hinge(&weights);
            let gradient = self.gradient(&weights, &hinge);
            if gradient.amax() < TOLERANCE {
                break;
            }
            let step = Cholesky::new(self.hessian(&hinge))?.solve(&gradient);
            match self.descend(&weights, &step, gradient.dot(&step)) {
                Some(better) => weights = better,
                None => break,
            }
        }
        Some(weights)
    }

    fn hinge(&self, weights: &DVector<f64>) -> DVector<f64> {
        let scores = self.features * weights;
        scores.zip_map(&self.labels, |score, y| (1.0 - y * score).max(0.0))
    }

    fn value(&self, weights: &DVector<f64>) -> f64 {
        let loss = self.hinge(weights).norm_squared() / self.features.nrows() as f64;
        0.5 * self.lambda * weights.norm_squared() + loss
    }

    fn gradient(&self, weights: &DVector<f64>, hinge: &DVector<f64>) -> DVector<f64> {
        let scale = -2.0 / self.features.nrows() as f64;
        let errors = hinge.component_mul(&self.labels) * scale;
        weights * self.lambda + self.features.tr_mul(&errors)
    }

    /// The generalised Hessian: only rows inside the margin take part.
    fn hessian(&self, hinge: &DVector<f64>) -> DMatrix<f64> {
        let scale = (2.0 / self.features.nrows() as f64).sqrt();
        let mut active = self.features * scale;
        for (mut row, &h) in active.row_iter_mut().zip(hinge.iter()) {
            if h == 0.0 {
                row.fill(0.0);
            }
        }
        let mut hessian = active.tr_mul(&active);
        for j in 0..hessian.ncols() {
            hessian[(j, j)] += self.lambda;
        }
        hessian
    }

    /// Halves the step until the objective falls enough (Armijo); `None` where it no longer
    /// falls in working precision.
    fn descend(
        &self,
        weights: &DVector<f64>,
        step: &DVector<f64>,
        slope: f64,
    ) -> Option<DVector<f64>> {
        let value = self.value(weights);
        let mut length = 1.0;
        while length > 1e-10 {
            let next = weights - step * length;
            if self.value(&next) <= value - 1e-4 * length * slope {
                return Some(next);
            }
            length *= 0.5;
        }
        None
    }
}
