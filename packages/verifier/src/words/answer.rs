//! Inputs and outputs of predictions in words.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use assay_protocol::prediction::{Output, Prediction, input_digest, output_digest};
use assay_protocol::schema::{Column, Schema};

use super::{Fact, counted, listed, name, topic};
use crate::claim::Answer;
use crate::number::{dyadic, interpolated};

/// The most rows of which input and output are shown; the digests bind all.
const MAX_ROWS: usize = 16;
/// The most values or scores of a row that are shown.
const MAX_VALUES: usize = 128;

/// The input, a fact a row.
pub(super) fn input(prediction: &Prediction, answer: &Answer) -> Vec<Fact> {
    let features = prediction.features as usize;
    let rows = answer.input.chunks_exact(features.max(1));
    let described = rows.map(|row| {
        let values = row.iter().enumerate().map(|(i, &byte)| {
            let column = answer
                .schema
                .as_ref()
                .and_then(|schema| schema.columns.get(i));
            column.map_or_else(|| byte.to_string(), |column| value(column, byte))
        });
        listed(values.collect::<Vec<_>>().into_iter(), MAX_VALUES)
    });
    let digest = input_digest(&answer.input).to_string();
    by_row(topic::INPUT, prediction, described, &digest)
}

/// The output, a fact a row.
pub(super) fn output(prediction: &Prediction, answer: &Answer, integers: &[i64]) -> Vec<Fact> {
    let rows = integers.chunks_exact(prediction.output.integers().max(1));
    let schema = answer.schema.as_ref();
    let described = rows.map(|row| match prediction.output {
        Output::Label { classes } => label(row, classes, schema),
        Output::Bucket {
            width,
            fraction_bits,
        } => bucket(row, width, fraction_bits),
        Output::Scores { fraction_bits, .. } => scores(row, fraction_bits),
    });
    let digest = output_digest(&answer.output).to_string();
    by_row(topic::OUTPUT, prediction, described, &digest)
}

/// The first rows, and where there are more, how many and their common digest.
fn by_row(
    topic: &'static str,
    prediction: &Prediction,
    described: impl Iterator<Item = String>,
    digest: &str,
) -> Vec<Fact> {
    let several = prediction.rows > 1;
    let mut facts: Vec<Fact> = described
        .take(MAX_ROWS)
        .enumerate()
        .map(|(i, text)| match several {
            true => Fact::new(topic, format!("row {}: {text}", i + 1)),
            false => Fact::new(topic, text),
        })
        .collect();
    if let Some(more) = (prediction.rows as usize).checked_sub(MAX_ROWS + 1) {
        let rows = counted(more as u64 + 1, "more row");
        facts.push(Fact::new(topic, format!("{rows}; digest of all {digest}")));
    }
    facts
}

/// A feature and about what it stands for, where its column's bounds are plain decimal
/// numbers.
fn value(column: &Column, byte: u8) -> String {
    let column_name = name(&column.name);
    let relation = match byte {
        0 => "at most",
        u8::MAX => "at least",
        _ => "about",
    };
    match interpolated(&column.lower, &column.upper, byte) {
        Some(value) => format!("{column_name} {byte} ({relation} {value})"),
        None => format!("{column_name} {byte}"),
    }
}

fn label(row: &[i64], classes: u32, schema: Option<&Schema>) -> String {
    let class = row.first().copied().unwrap_or_default();
    match class_name(class, schema) {
        Some(name) => format!("class {class}, {name}"),
        None => format!("class {class}, of 0 to {}", classes.saturating_sub(1)),
    }
}

fn class_name(class: i64, schema: Option<&Schema>) -> Option<String> {
    let class = usize::try_from(class).ok()?;
    Some(name(schema?.label.classes.get(class)?))
}

/// The score's integers, and what they are said to mean: nothing ties the unit to the model.
fn bucket(row: &[i64], width: u64, fraction_bits: u32) -> String {
    let bucket = i128::from(row.first().copied().unwrap_or_default());
    let bounds = [bucket, bucket + 1].map(|bucket| bucket * i128::from(width));
    let [lower, upper] = bounds.map(|bound| dyadic(bound, fraction_bits));
    let [least, above] = bounds;
    let greatest = above - 1;
    format!(
        "bucket {bucket}: an integer from {least} to {greatest} (stated to mean {lower} to below {upper})"
    )
}

/// As of a bucket.
fn scores(row: &[i64], fraction_bits: u32) -> String {
    let described = row.iter().enumerate().map(|(i, &score)| {
        let meaning = dyadic(score.into(), fraction_bits);
        format!("score {i}: {score} (stated to mean {meaning})")
    });
    listed(described.collect::<Vec<_>>().into_iter(), MAX_VALUES)
}
