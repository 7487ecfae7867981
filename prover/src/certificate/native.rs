//! The certificate on plain integers: what the circuit proves, decided without it.

use assay_protocol::certificate::{FEATURE_SCALE, SquaredHinge};
use assay_protocol::dataset::Dataset;

/// Why parameters have no certificate.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The data has another number of features or classes than the circuit.
    #[error(
        "the data has {features} features and {classes} classes, the circuit {circuit_features} and {circuit_classes}: use a circuit for this data"
    )]
    Shape {
        /// Features of the data.
        features: usize,
        /// Classes of the data.
        classes: usize,
        /// Features of the circuit.
        circuit_features: u32,
        /// Classes of the circuit.
        circuit_classes: u32,
    },
    /// The data has more rows than the circuit holds.
    #[error("the data has {rows} rows, the circuit holds {capacity}: use a larger circuit")]
    TooManyRows {
        /// Rows of the data.
        rows: usize,
        /// Rows of the circuit.
        capacity: u32,
    },
    /// A minimum of rows that the data doesn't have, or that says nothing.
    #[error("at least {minimum} rows are to be proved, the data has {rows}: state 1 to {rows}")]
    MinimumRows {
        /// Rows of the data.
        rows: usize,
        /// The minimum to be stated.
        minimum: u32,
    },
    /// Another number of parameters than the method has.
    #[error("{found} parameters, but this method has {expected}: is this the right model?")]
    ParameterCount {
        /// Parameters found.
        found: usize,
        /// Parameters expected.
        expected: usize,
    },
    /// A weight beyond what any optimum can have.
    #[error(
        "weight {index} of vector {vector} is outside the range that an optimum can have: train again"
    )]
    WeightOutOfRange {
        /// Weight vector (class).
        vector: usize,
        /// Place in the vector.
        index: usize,
    },
    /// The parameters are not at the optimum.
    #[error(
        "not trained on this data: the gradient at weight {index} of vector {vector} is {gradient}, at most {bound} is allowed"
    )]
    NotOptimal {
        /// Weight vector (class).
        vector: usize,
        /// Place in the vector.
        index: usize,
        /// The gradient there, in the certificate's units.
        gradient: i128,
        /// The bound on its magnitude.
        bound: i128,
    },
}

/// Decides whether `parameters`, `[vectors, features + 1]`, have a certificate on `data`.
///
/// # Errors
/// The first [`Refusal`].
pub fn check(spec: &SquaredHinge, data: &Dataset, parameters: &[i32]) -> Result<(), Refusal> {
    check_shape(spec, data)?;
    if parameters.len() != spec.parameters() {
        let (found, expected) = (parameters.len(), spec.parameters());
        return Err(Refusal::ParameterCount { found, expected });
    }
    for (vector, weights) in parameters.chunks(spec.width()).enumerate() {
        check_range(spec, vector, weights)?;
        let bound = i128::from(spec.gradient_bound_per_row()) * data.rows() as i128;
        let gradient = gradient(spec, data, vector, weights);
        if let Some(index) = gradient.iter().position(|g| g.abs() > bound) {
            let gradient = gradient[index];
            return Err(Refusal::NotOptimal {
                vector,
                index,
                gradient,
                bound,
            });
        }
    }
    Ok(())
}

/// Decides whether `parameters` have a certificate on `data`, and whether the data has at
/// least `minimum_rows` rows; a minimum of 0 would say nothing and is refused.
///
/// # Errors
/// The first [`Refusal`].
pub fn check_hidden(
    spec: &SquaredHinge,
    data: &Dataset,
    parameters: &[i32],
    minimum_rows: u32,
) -> Result<(), Refusal> {
    let (rows, minimum) = (data.rows(), minimum_rows);
    if minimum == 0 || rows < minimum as usize {
        return Err(Refusal::MinimumRows { rows, minimum });
    }
    check(spec, data, parameters)
}

/// Whether the data fits the circuit.
pub(crate) fn check_shape(spec: &SquaredHinge, data: &Dataset) -> Result<(), Refusal> {
    if data.features() != spec.features as usize || data.classes() != spec.classes as usize {
        return Err(Refusal::Shape {
            features: data.features(),
            classes: data.classes(),
            circuit_features: spec.features,
            circuit_classes: spec.classes,
        });
    }
    if data.rows() > spec.rows as usize {
        return Err(Refusal::TooManyRows {
            rows: data.rows(),
            capacity: spec.rows,
        });
    }
    Ok(())
}

fn check_range(spec: &SquaredHinge, vector: usize, weights: &[i32]) -> Result<(), Refusal> {
    let limit = 1i32 << spec.weight_bits();
    let outside = |w: &i32| !(-limit..limit).contains(w);
    match weights.iter().position(outside) {
        Some(index) => Err(Refusal::WeightOutOfRange { vector, index }),
        None => Ok(()),
    }
}

/// `sum_j x_ij w_j`, the bias last with the constant feature.
pub(crate) fn score(weights: &[i32], row: &[u8]) -> i128 {
    let features = row
        .iter()
        .map(|&x| i128::from(x))
        .chain([FEATURE_SCALE.into()]);
    features.zip(weights).map(|(x, &w)| x * i128::from(w)).sum()
}

/// Whether the row's label counts as 1 in weight vector `vector`, else -1.
pub(crate) fn is_positive(spec: &SquaredHinge, vector: usize, label: u8) -> bool {
    let class = if spec.vectors() == 1 { 1 } else { vector };
    usize::from(label) == class
}

/// The gradient, `[features + 1]`. Below 2^70 for every specification that passes its
/// checks and weights in range, so `i128` holds it.
pub(crate) fn gradient(
    spec: &SquaredHinge,
    data: &Dataset,
    vector: usize,
    weights: &[i32],
) -> Vec<i128> {
    let scale = data.rows() as i128 * i128::from(spec.lambda_65025);
    let mut gradient: Vec<i128> = weights.iter().map(|&w| scale * i128::from(w)).collect();
    for (i, &label) in data.labels().iter().enumerate() {
        let y = if is_positive(spec, vector, label) {
            1
        } else {
            -1
        };
        let hinge = (spec.margin() - y * score(weights, data.row(i))).max(0);
        let features = data.row(i).iter().map(|&x| i128::from(x));
        for (g, x) in gradient
            .iter_mut()
            .zip(features.chain([FEATURE_SCALE.into()]))
        {
            *g -= 2 * y * x * hinge;
        }
    }
    gradient
}
