//! Scores and classes of a linear model, on exact integers.

use assay_protocol::certificate::SquaredHinge;
use assay_protocol::dataset::Dataset;

use crate::certificate::score;

/// The class of a row: for two classes, 1 if its score is positive, else 0; else the class
/// with the highest score, the lowest number among equals.
pub fn classify(spec: &SquaredHinge, parameters: &[i32], row: &[u8]) -> u8 {
    let scores = parameters
        .chunks(spec.width())
        .map(|weights| score(weights, row));
    if spec.vectors() == 1 {
        return scores.map(|score| u8::from(score > 0)).next().unwrap_or(0);
    }
    let mut best = (0, i128::MIN);
    for (class, score) in (0..=u8::MAX).zip(scores) {
        if score > best.1 {
            best = (class, score);
        }
    }
    best.0
}

/// How many rows are classified as their label says.
pub fn correct(spec: &SquaredHinge, parameters: &[i32], data: &Dataset) -> usize {
    let right = |&(i, &label): &(usize, &u8)| classify(spec, parameters, data.row(i)) == label;
    data.labels().iter().enumerate().filter(right).count()
}
