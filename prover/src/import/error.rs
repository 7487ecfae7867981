//! Why a model can't be compiled.

use assay_protocol::prediction::PredictionError;
use assay_protocol::schema::SchemaError;

use crate::graph::PlanError;

/// The most characters of a name that a message shows.
const SHOWN: usize = 80;
/// The most characters of tract's words that a message shows.
const QUOTED: usize = 300;

/// Why a model can't be compiled: one line that says what to do.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ImportError {
    /// Too long a file.
    #[error("the model has {found} bytes; at most {most} are read")]
    TooLarge {
        /// Its length.
        found: usize,
        /// The limit.
        most: usize,
    },
    /// Not an ONNX file that can be read.
    #[error("not a usable ONNX model: {0}")]
    Unreadable(String),
    /// A node that isn't supported, or not in this way.
    #[error("node {node:?} (operator {operator}, operator set {opset}): {problem}")]
    Node {
        /// The node's name in the file.
        node: String,
        /// Its operator.
        operator: String,
        /// The file's operator set.
        opset: i64,
        /// What is wrong.
        problem: String,
    },
    /// Inputs of another shape than can be proved.
    #[error("the model's inputs: {0}")]
    Input(String),
    /// Calibration rows that can't be used.
    #[error("the calibration rows: {0}")]
    Calibration(String),
    /// Other numbers of classes.
    #[error("the model tells {expected} classes apart, but {found} names are given")]
    Classes {
        /// Of the model.
        expected: usize,
        /// Given.
        found: usize,
    },
    /// Names of classes, where answers are numbers.
    #[error(
        "answers are scores or buckets, which have no classes: leave --classes out, or say --output label"
    )]
    ClassesOfNumbers,
    /// Nothing computes the model's output.
    #[error("nothing computes the model's output: export it again")]
    NoOutput,
    /// The output can't be answered in the form asked for.
    #[error("the model's output: {0}")]
    Form(String),
    /// The result is outside a specification's conditions.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// The schema can't be made.
    #[error(transparent)]
    Schema(#[from] SchemaError),
}

impl ImportError {
    /// A file that can't be read, with what was said of it cut to a line.
    pub(super) fn unreadable(problem: &str) -> Self {
        Self::Unreadable(quoted(problem))
    }
}

impl From<PredictionError> for ImportError {
    fn from(error: PredictionError) -> Self {
        Self::Plan(error.into())
    }
}

/// As much of a name in the file as a message shows.
pub(super) fn shown(name: &str) -> String {
    line(name, SHOWN)
}

/// What tract says, or as much of it as a message shows.
pub(super) fn quoted(words: &str) -> String {
    let words: Vec<&str> = words.split_whitespace().collect();
    line(&words.join(" "), QUOTED)
}

/// The first characters, without any that would end the line or lead a terminal astray.
fn line(text: &str, most: usize) -> String {
    let is_plain = |c: char| c == ' ' || c.is_ascii_graphic() || c.is_alphanumeric();
    let plain = |c| if is_plain(c) { c } else { '\u{fffd}' };
    text.chars().take(most).map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_in_one_line() {
        assert_eq!(
            shown("a\nb\u{1b}[2J\u{202e}é"),
            "a\u{fffd}b\u{fffd}[2J\u{fffd}é"
        );
        assert_eq!(shown(&"x".repeat(1000)).len(), SHOWN);
        let quoted = ImportError::unreadable("caused by:\n  0: broken\r\n").to_string();
        assert_eq!(quoted, "not a usable ONNX model: caused by: 0: broken");
    }
}
