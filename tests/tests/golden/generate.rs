//! Writes the vectors: valid files of every kind, then every way to change them.

mod certificate;
mod files;
mod prediction;
mod tamper;

use crate::vector::Set;

/// The files in `tests/golden`, without those of bare bytes.
pub const NAMES: [&str; 7] = [
    "training-public",
    "training-hidden",
    "prediction-public-scores",
    "prediction-hidden-label",
    "prediction-hidden-bucket",
    "training-public-challenged",
    "training-public-fingerprint",
];

/// All sets, in the order of [`NAMES`].
pub fn all() -> [Set; 7] {
    let [
        public,
        hidden,
        scores,
        label,
        bucket,
        challenged,
        fingerprint,
    ] = [
        certificate::public(),
        certificate::hidden(),
        prediction::scores(),
        prediction::label(),
        prediction::bucket(),
        certificate::challenged(),
        certificate::fingerprint(),
    ];
    let mut sets = [
        tamper::set(&public, &hidden),
        tamper::set(&hidden, &public),
        tamper::set(&scores, &label),
        tamper::set(&label, &scores),
        tamper::set(&bucket, &scores),
        tamper::set(&challenged, &hidden),
        tamper::set(&fingerprint, &challenged),
    ];
    sets[0].vectors.extend(tamper::envelopes(&public));
    for (set, files) in [(0, &public), (5, &challenged)] {
        sets[set].vectors.extend(tamper::keys(files));
        sets[set].vectors.extend(tamper::other_kinds(files));
    }
    sets[5].vectors.extend(tamper::challenges(&challenged));
    sets[6].vectors.extend(tamper::fingerprints(&fingerprint));
    for (set, files) in sets[2..5].iter_mut().zip([&scores, &label, &bucket]) {
        set.vectors.extend(tamper::answers(files));
    }
    sets
}
