//! The tables as Rust source.

use super::Plain;
use super::optimise::Optimised;
use bls12_381::Scalar;
use std::fmt::Write;

const HEADER: &str = "\
//! Tables of the permutation. Written by `examples/generate_constants`; do not edit.
//!
//! [`ROUND_CONSTANTS`] and [`MDS`] define the permutation; [`permute`](crate::permute)
//! reads the other tables, which are derived from these two.

use crate::{FULL_ROUNDS, PARTIAL_ROUNDS, RATE, Scalar, WIDTH};

/// Little-endian limbs to an element, when the crate is compiled.
const fn s(limbs: [u64; 4]) -> Scalar {
    Scalar::from_raw(limbs)
}
";

/// The whole file.
pub fn render(plain: &Plain, optimised: &Optimised) -> String {
    let mut text = String::from(HEADER);
    table(
        &mut text,
        "The textbook form's constants: row r is added to the state before the S-boxes of round r.",
        "ROUND_CONSTANTS: [[Scalar; WIDTH]; FULL_ROUNDS + PARTIAL_ROUNDS]",
        &plain.round_constants,
    );
    table(
        &mut text,
        "The textbook form's matrix, `1 / (i + j + 9)`; symmetric.",
        "MDS: [[Scalar; WIDTH]; WIDTH]",
        &plain.mds,
    );
    table(
        &mut text,
        "Constants of the full rounds in the optimised form.",
        "FULL_ROUND_CONSTANTS: [[Scalar; WIDTH]; FULL_ROUNDS]",
        &optimised.full_round_constants,
    );
    heading(
        &mut text,
        "Constants of the partial rounds in the optimised form, added to element 0.",
        "PARTIAL_ROUND_CONSTANTS: [Scalar; PARTIAL_ROUNDS]",
    );
    scalars(&mut text, "    ", &optimised.partial_round_constants);
    text.push_str("];\n");
    table(
        &mut text,
        "The matrix of the last full round before the partial ones.",
        "PRE_SPARSE: [[Scalar; WIDTH]; WIDTH]",
        &optimised.pre_sparse,
    );
    table(
        &mut text,
        "Row 0 of each partial round's sparse matrix, after its first element `MDS[0][0]`.",
        "SPARSE_ROWS: [[Scalar; RATE]; PARTIAL_ROUNDS]",
        &optimised.sparse_rows,
    );
    table(
        &mut text,
        "Column 0 of each partial round's sparse matrix, below its first element `MDS[0][0]`.",
        "SPARSE_COLUMNS: [[Scalar; RATE]; PARTIAL_ROUNDS]",
        &optimised.sparse_columns,
    );
    text
}

fn heading(text: &mut String, doc: &str, declaration: &str) {
    // Writing to a String cannot fail.
    _ = write!(text, "\n/// {doc}\npub static {declaration} = [\n");
}

fn table(text: &mut String, doc: &str, declaration: &str, rows: &[Vec<Scalar>]) {
    heading(text, doc, declaration);
    for row in rows {
        text.push_str("    [\n");
        scalars(text, "        ", row);
        text.push_str("    ],\n");
    }
    text.push_str("];\n");
}

fn scalars(text: &mut String, indent: &str, scalars: &[Scalar]) {
    for scalar in scalars {
        let bytes = scalar.to_bytes();
        let limbs: Vec<_> = bytes.chunks(8).map(hexadecimal).collect();
        _ = writeln!(text, "{indent}s([{}]),", limbs.join(", "));
    }
}

/// A limb's little-endian bytes as `0x0123_4567_89ab_cdef`.
fn hexadecimal(limb: &[u8]) -> String {
    let digits: String = limb
        .iter()
        .rev()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let groups: Vec<_> = (0..4).map(|i| &digits[4 * i..4 * i + 4]).collect();
    format!("0x{}", groups.join("_"))
}
