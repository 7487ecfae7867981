//! A dataset's public schema: its columns, the bounds that map each to
//! `0..=255`, and its classes. The mapping is exact decimal arithmetic, and the
//! bounds are published, so they must never derive from rows that stay hidden.

use alloc::string::String;
use alloc::vec::Vec;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::Scalar;
use crate::dataset::{MAX_CLASSES, MAX_FEATURES};
use crate::hash::{Tag, hash_bytes};

/// The most digits in a number: as many as a [`Decimal`] holds exactly.
const MAX_DIGITS: usize = 28;

/// Why a schema or a value is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SchemaError {
    /// Not a decimal number.
    #[error("{0:?} is not a finite decimal number: correct the file")]
    NotANumber(String),
    /// A number with more digits than 96 bits hold.
    #[error("{0:?} has too many digits: round it to at most 20")]
    TooPrecise(String),
    /// A column whose bounds are not in order.
    #[error("column {column:?}: the lower bound {lower} isn't below the upper bound {upper}")]
    Bounds {
        /// The column's name.
        column: String,
        /// Its lower bound.
        lower: String,
        /// Its upper bound.
        upper: String,
    },
    /// Too many or too few columns.
    #[error("{0} feature columns; a schema has 1 to {max}", max = MAX_FEATURES)]
    Columns(usize),
    /// Too many or too few classes.
    #[error("{0} classes; a schema has 2 to {max}, or none where answers are numbers", max = MAX_CLASSES)]
    Classes(usize),
    /// A name with blanks around it or a control character in it, or none.
    #[error(
        "the name {0:?} is empty, or has blanks around it or a control character in it: correct it"
    )]
    Untrimmed(String),
    /// Two columns or two classes of one name.
    #[error("{0:?} appears twice: names must differ")]
    Duplicate(String),
    /// A label that is none of the classes.
    #[error("{label:?} is not a class of {column:?}: the classes are {known}")]
    UnknownClass {
        /// The label read.
        label: String,
        /// The label column.
        column: String,
        /// The classes, separated by commas.
        known: String,
    },
    /// A row with another number of features than the schema has columns.
    #[error("{found} values, but the schema has {expected} columns")]
    Width {
        /// Values in the row.
        found: usize,
        /// Columns in the schema.
        expected: usize,
    },
}

/// One feature column and the bounds that are mapped to 0 and 255.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// The column's name.
    pub name: String,
    /// What is mapped to 0, as a decimal number. Values below are mapped to 0 too.
    pub lower: String,
    /// What is mapped to 255, as a decimal number. Values above are mapped to 255 too.
    pub upper: String,
}

/// The label column and the names of its classes, by class number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LabelColumn {
    /// The column's name.
    pub name: String,
    /// The classes' names: the first is class 0. None where answers are numbers.
    pub classes: Vec<String>,
}

/// A dataset's public schema.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schema {
    /// The feature columns, in the order of a row's bytes.
    pub columns: Vec<Column>,
    /// The label.
    pub label: LabelColumn,
}

/// A schema whose bounds have been read: maps values to integers.
#[derive(Clone, Debug)]
pub struct Quantiser<'a> {
    schema: &'a Schema,
    bounds: Vec<Bounds>,
}

#[derive(Clone, Copy, Debug)]
struct Bounds {
    lower: Decimal,
    upper: Decimal,
    width: Decimal,
}

impl Schema {
    /// Digest of the canonical text: compact JSON, fields in the order of their
    /// declaration.
    ///
    /// # Errors
    /// [`SchemaError`] if the schema is not usable.
    pub fn digest(&self) -> Result<Scalar, SchemaError> {
        self.quantiser()?;
        Ok(hash_bytes(Tag::Schema, self.to_canonical().as_bytes()))
    }

    /// The canonical text.
    pub fn to_canonical(&self) -> String {
        // Strings and lists of strings always have a JSON text.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads the bounds.
    ///
    /// # Errors
    /// [`SchemaError`] for the first thing that makes the schema unusable.
    pub fn quantiser(&self) -> Result<Quantiser<'_>, SchemaError> {
        if !(1..=MAX_FEATURES).contains(&self.columns.len()) {
            return Err(SchemaError::Columns(self.columns.len()));
        }
        if !matches!(self.label.classes.len(), 0 | 2..=MAX_CLASSES) {
            return Err(SchemaError::Classes(self.label.classes.len()));
        }
        check_names(
            self.columns
                .iter()
                .map(|c| &c.name)
                .chain(core::iter::once(&self.label.name)),
        )?;
        check_names(self.label.classes.iter())?;
        let bounds = self
            .columns
            .iter()
            .map(Bounds::read)
            .collect::<Result<_, _>>()?;
        Ok(Quantiser {
            schema: self,
            bounds,
        })
    }
}

impl Quantiser<'_> {
    /// Maps a row's values, in the order of the columns, to bytes:
    /// `round(255 (v - lower) / (upper - lower))`, halves up, clamped to `0..=255`.
    ///
    /// # Errors
    /// [`SchemaError`] for a wrong number of values or the first that is no number.
    pub fn features<'v>(
        &self,
        values: impl ExactSizeIterator<Item = &'v str>,
    ) -> Result<Vec<u8>, SchemaError> {
        if values.len() != self.bounds.len() {
            return Err(SchemaError::Width {
                found: values.len(),
                expected: self.bounds.len(),
            });
        }
        values
            .zip(&self.bounds)
            .map(|(value, bounds)| bounds.quantise(value))
            .collect()
    }

    /// The number of a class.
    ///
    /// # Errors
    /// [`SchemaError::UnknownClass`] if the label is none of the classes.
    pub fn label(&self, label: &str) -> Result<u8, SchemaError> {
        let LabelColumn { name, classes } = &self.schema.label;
        let class = classes.iter().position(|class| class == label.trim());
        class
            .and_then(|class| u8::try_from(class).ok())
            .ok_or_else(|| SchemaError::UnknownClass {
                label: shown(label),
                column: name.clone(),
                known: classes.join(", "),
            })
    }
}

impl Bounds {
    fn read(column: &Column) -> Result<Self, SchemaError> {
        let (lower, upper) = (decimal(&column.lower)?, decimal(&column.upper)?);
        if lower >= upper {
            return Err(SchemaError::Bounds {
                column: column.name.clone(),
                lower: column.lower.clone(),
                upper: column.upper.clone(),
            });
        }
        let too_precise = || SchemaError::TooPrecise(shown(&column.upper));
        let width = exact_difference(upper, lower).ok_or_else(too_precise)?;
        Ok(Self {
            lower,
            upper,
            width,
        })
    }

    fn quantise(&self, text: &str) -> Result<u8, SchemaError> {
        let value = decimal(text)?;
        if value <= self.lower {
            return Ok(0);
        }
        if value >= self.upper {
            return Ok(255);
        }
        let quantised =
            exact_difference(value, self.lower).and_then(|above| round_to_255(above, self.width));
        quantised.ok_or_else(|| SchemaError::TooPrecise(shown(text)))
    }
}

/// `floor((510 above + width) / (2 width))` for `0 < above < width`; `None` where the
/// integers don't fit 128 bits.
fn round_to_255(above: Decimal, width: Decimal) -> Option<u8> {
    let scale = above.scale().max(width.scale());
    let integer = |number: Decimal| {
        number
            .mantissa()
            .checked_mul(10i128.checked_pow(scale - number.scale())?)
    };
    let (above, width) = (integer(above)?, integer(width)?);
    let numerator = above.checked_mul(510)?.checked_add(width)?;
    u8::try_from(numerator / width.checked_mul(2)?).ok()
}

/// `a - b`, or `None` if that has more digits than a `Decimal` holds exactly.
fn exact_difference(a: Decimal, b: Decimal) -> Option<Decimal> {
    let difference = a.checked_sub(b)?;
    (difference.scale() == a.scale().max(b.scale())).then_some(difference)
}

/// Reads a decimal number, exactly, with or without an exponent.
///
/// # Errors
/// [`SchemaError::NotANumber`] or [`SchemaError::TooPrecise`].
pub fn decimal(text: &str) -> Result<Decimal, SchemaError> {
    let text = text.trim();
    let number = text.strip_prefix('+').unwrap_or(text);
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+' | 'e' | 'E');
    if !number.chars().all(is_number) {
        return Err(SchemaError::NotANumber(shown(text)));
    }
    if number.bytes().filter(u8::is_ascii_digit).count() > MAX_DIGITS {
        return Err(SchemaError::TooPrecise(shown(text)));
    }
    let parsed = if number.contains(['e', 'E']) {
        Decimal::from_scientific(number)
    } else {
        Decimal::from_str_exact(number)
    };
    parsed.map_err(|error| match error {
        rust_decimal::Error::Underflow | rust_decimal::Error::ScaleExceedsMaximumPrecision(_) => {
            SchemaError::TooPrecise(shown(text))
        }
        _ => SchemaError::NotANumber(shown(text)),
    })
}

/// Names are read from files without the blanks around them, so none may have any.
fn check_names<'a>(names: impl Iterator<Item = &'a String>) -> Result<(), SchemaError> {
    let mut sorted: Vec<&String> = names.collect();
    if let Some(name) = sorted
        .iter()
        .find(|name| name.is_empty() || name.trim() != **name || name.contains(char::is_control))
    {
        return Err(SchemaError::Untrimmed(shown(name)));
    }
    sorted.sort_unstable();
    match sorted.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => Err(SchemaError::Duplicate(shown(pair[0]))),
        None => Ok(()),
    }
}

/// As much of a text as an error message shows.
fn shown(text: &str) -> String {
    text.chars().take(40).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
