//! Writes the vectors: valid files of every kind, then every way to change them.

mod certificate;
mod files;
mod prediction;
mod tamper;

use crate::vector::Set;

/// The files in `tests/golden`, without the one of bare bytes.
pub const NAMES: [&str; 5] = [
    "training-public",
    "training-hidden",
    "prediction-public-scores",
    "prediction-hidden-label",
    "prediction-hidden-bucket",
];

/// All sets, in the order of [`NAMES`].
pub fn all() -> [Set; 5] {
    let [public, hidden, scores, label, bucket] = [
        certificate::public(),
        certificate::hidden(),
        prediction::scores(),
        prediction::label(),
        prediction::bucket(),
    ];
    let mut sets = [
        tamper::set(&public, &hidden),
        tamper::set(&hidden, &public),
        tamper::set(&scores, &label),
        tamper::set(&label, &scores),
        tamper::set(&bucket, &scores),
    ];
    sets[0].vectors.extend(tamper::envelopes(&public));
    sets[0].vectors.extend(tamper::keys(&public));
    for (set, files) in sets[2..].iter_mut().zip([&scores, &label, &bucket]) {
        set.vectors.extend(tamper::answers(files));
    }
    sets
}
