//! Inputs and outputs of predictions.

use assay_protocol::circuit::CircuitSpec;

use super::{flipped, hex};
use crate::generate::files::Files;
use crate::vector::File::Proof;
use crate::vector::Vector;

/// Every byte of input and output, and their lengths.
pub fn answers(files: &Files) -> Vec<Vector> {
    let answer = files.proof.claim.answer().unwrap();
    let mut vectors = Vec::new();
    for (name, bytes) in [("input", &answer.input), ("output", &answer.output)] {
        let pointer = format!("/{name}");
        for position in 0..bytes.len() {
            let changed =
                Vector::refused(format!("byte {position} of the {name}"), "equation_fails");
            vectors.push(changed.with(Proof, &pointer, flipped(bytes, position)));
        }
        let length = format!("{name}_length");
        let refused = |what: &str, error: &str| Vector::refused(format!("{name} {what}"), error);
        let longer = [bytes.as_slice(), &[0]].concat();
        vectors.extend([
            refused("of no bytes", &length).with(Proof, &pointer, ""),
            refused("truncated", &length).with(Proof, &pointer, hex(&bytes[1..])),
            refused("with a trailing byte", &length).with(Proof, &pointer, hex(&longer)),
            refused("with half a byte", "damaged").with(Proof, &pointer, "0"),
            refused("not hexadecimal", "damaged").with(Proof, &pointer, "zz"),
        ]);
    }
    let CircuitSpec::Prediction(prediction) = &files.key.0.spec else {
        return vectors;
    };
    if prediction.output.integer_bytes() == 1 {
        vectors.push(
            Vector::refused("a label that is no class", "output_range")
                .with(Proof, "/output", "02"),
        );
    }
    if prediction.rows > 1 {
        let (first, second) = answer.input.split_at(prediction.features as usize);
        let swapped = hex(&[second, first].concat());
        vectors
            .push(Vector::refused("rows swapped", "equation_fails").with(Proof, "/input", swapped));
    }
    vectors
}
