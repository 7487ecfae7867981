//! The end of a graph, in the form asked for.

use assay_protocol::prediction::{MAX_FRACTION_BITS, NUMBER_BYTES, Output};

use super::{Builder, Place};
use crate::import::operand::{Operand, Scaled};
use crate::import::{Form, ImportError};
use crate::op::{ArgMax, Bucket, Op, Positive, Reshape};

/// Bits of an answer's integer, without its sign.
const NUMBER_BITS: u32 = 8 * NUMBER_BYTES as u32 - 1;

/// The last value in the form asked for.
pub(in crate::import) struct Answered {
    /// The form of the answer.
    pub form: Output,
    /// By how much a score may be off.
    pub error: f64,
}

impl Answered {
    /// The number of classes, of a label.
    pub fn classes(&self) -> Option<usize> {
        match self.form {
            Output::Label { classes } => Some(classes as usize),
            Output::Bucket { .. } | Output::Scores { .. } => None,
        }
    }
}

impl Builder {
    /// The class that scores say: the position of the greatest, or whether the only one is
    /// positive.
    pub fn label(&mut self, scores: &Operand) -> Result<Scaled, ImportError> {
        let scores = self.scaled(scores)?;
        let op: Op = match scores.elements.len() {
            1 => Positive.into(),
            _ => ArgMax.into(),
        };
        let like = Scaled {
            fraction_bits: 0,
            elements: [].into(),
            is_label: true,
            ..scores.clone()
        };
        self.scaled_node(op, &[scores.value], like)
    }

    /// Ends the graph in the form asked for.
    pub(in crate::import) fn finish(
        &mut self,
        last: &Operand,
        form: Form,
    ) -> Result<Answered, ImportError> {
        self.place = Place::Output;
        match form {
            Form::Label => {
                let label = match last {
                    Operand::Value(value) if value.is_label => value.clone(),
                    scores => self.label(scores)?,
                };
                let label = self.last(label)?;
                let classes = u32::try_from(self.facts[label.value].hi + 1).unwrap_or(u32::MAX);
                let form = Output::Label { classes };
                Ok(Answered { form, error: 0.0 })
            }
            _ if last.is_label() => {
                Err(self.refused("it is a class already: answer with the label"))
            }
            Form::Bucket(width) => self.bucket(last, width),
            Form::Scores => {
                let (scores, fraction_bits, error) = self.scores(last)?;
                let scores = self.last(scores)?;
                let count = u32::try_from(scores.elements.len()).unwrap_or(u32::MAX);
                let form = Output::Scores {
                    count,
                    fraction_bits,
                };
                Ok(Answered { form, error })
            }
        }
    }

    fn bucket(&mut self, last: &Operand, width: f64) -> Result<Answered, ImportError> {
        let (score, fraction_bits, error) = self.scores(last)?;
        if score.elements.len() != 1 {
            return Err(self.refused("a bucket is of a single score: answer with the label"));
        }
        let units = (width / score.unit()).round();
        if !(1.0..2f64.powi(NUMBER_BITS as i32)).contains(&units) {
            let unit = score.unit();
            return Err(self.refused(format!(
                "a bucket of width {width} isn't at least one unit of {unit} wide, or holds every \
                 score: choose another width"
            )));
        }
        let bucket = Bucket {
            width: units as i64,
        };
        self.push(bucket, &[score.value])?;
        let form = Output::Bucket {
            width: units as u64,
            fraction_bits,
        };
        Ok(Answered { form, error })
    }

    /// Scores that fit the bytes of an answer, their fraction bits, and their error.
    fn scores(&mut self, last: &Operand) -> Result<(Scaled, u32, f64), ImportError> {
        let scores = self.scaled(last)?;
        let bits = self.facts[scores.value].magnitude_bits();
        let too_wide = bits.saturating_sub(NUMBER_BITS);
        let too_fine = u32::try_from(scores.fraction_bits)
            .unwrap_or(0)
            .saturating_sub(MAX_FRACTION_BITS);
        let mut scores = self.rescaled(scores, too_wide.max(too_fine))?;
        let whole = self.facts[scores.value].magnitude_bits();
        let missing = u32::try_from(-scores.fraction_bits).unwrap_or(0);
        if whole + missing > NUMBER_BITS {
            return Err(self.refused(format!(
                "nothing keeps its scores within the {NUMBER_BITS} bits of an answer: scale or \
                 clip them in the model, or answer with the label"
            )));
        }
        if missing > 0 {
            scores = self.refined(scores, 0)?;
        }
        let fraction_bits = scores.fraction_bits.unsigned_abs();
        let error = scores.error();
        if !error.is_finite() {
            return Err(self.refused("by how much its scores may be off has no bound"));
        }
        Ok((scores, fraction_bits, error))
    }

    /// The value as the last of the graph, which it is but for a model whose last nodes
    /// compute nothing.
    fn last(&mut self, value: Scaled) -> Result<Scaled, ImportError> {
        if value.value + 1 == self.facts.len() {
            return Ok(value);
        }
        let shape = self.facts[value.value].shape.clone();
        let inputs = [value.value];
        self.scaled_node(Reshape { shape }, &inputs, value)
    }
}
