//! The demo's data: Breast Cancer Wisconsin, its ten mean columns.

use assay_protocol::schema::{Column, LabelColumn, Schema};

use crate::Error;
use crate::artefact::dataset::Holding;
use crate::table::{Table, TableError};

const CSV: &str = include_str!("../../data/wdbc.csv");
const NAME: &str = "wdbc.csv";
const LABEL: &str = "diagnosis";
const COLUMNS: [&str; 10] = [
    "mean_radius",
    "mean_texture",
    "mean_perimeter",
    "mean_area",
    "mean_smoothness",
    "mean_compactness",
    "mean_concavity",
    "mean_concave_points",
    "mean_symmetry",
    "mean_fractal_dimension",
];

/// Bounds of the same columns that a hospital can publish before it has seen a patient:
/// round numbers that these measurements lie within.
const PUBLIC_BOUNDS: [(&str, &str); 10] = [
    ("5", "30"),
    ("5", "40"),
    ("40", "200"),
    ("100", "2600"),
    ("0.05", "0.17"),
    ("0", "0.35"),
    ("0", "0.45"),
    ("0", "0.21"),
    ("0.1", "0.31"),
    ("0.04", "0.1"),
];
/// The label's classes.
pub const CLASSES: [&str; 2] = ["benign", "malignant"];

/// Every so many rows, starting with the first, one is held out.
const HELD_OUT_EVERY: usize = 5;

/// The rows to train on and the rows held out, each with a commitment.
#[derive(Debug)]
pub struct Data {
    /// Four fifths of the rows. The schema's bounds are theirs.
    pub training: Holding,
    /// The rest.
    pub held_out: Holding,
}

impl Data {
    /// The first `rows` rows, split.
    pub fn load(rows: usize) -> Result<Self, Error> {
        let table = parse().map_err(Error::table(NAME.as_ref()))?;
        let table = table.filter(|index| index < rows);
        let training = table.filter(|index| index % HELD_OUT_EVERY != 0);
        let held_out = table.filter(|index| index % HELD_OUT_EVERY == 0);
        let schema = training.schema(LABEL, Some(&COLUMNS.map(String::from)));
        let schema = schema.map_err(Error::table(NAME.as_ref()))?;
        Ok(Self {
            held_out: commit(&held_out, schema.clone())?,
            training: commit(&training, schema)?,
        })
    }
}

/// The first `rows` rows as a hospital holds them: split alike, under bounds that don't
/// derive from them.
pub fn patients(rows: usize) -> Result<Data, Error> {
    let table = parse().map_err(Error::table(NAME.as_ref()))?;
    let table = table.filter(|index| index < rows);
    let column = |(name, (lower, upper)): (&str, (&str, &str))| Column {
        name: name.into(),
        lower: lower.into(),
        upper: upper.into(),
    };
    let schema = Schema {
        columns: COLUMNS.into_iter().zip(PUBLIC_BOUNDS).map(column).collect(),
        label: LabelColumn {
            name: LABEL.into(),
            classes: CLASSES.map(String::from).to_vec(),
        },
    };
    let training = table.filter(|index| index % HELD_OUT_EVERY != 0);
    let held_out = table.filter(|index| index % HELD_OUT_EVERY == 0);
    Ok(Data {
        held_out: commit(&held_out, schema.clone())?,
        training: commit(&training, schema)?,
    })
}

fn parse() -> Result<Table, TableError> {
    Table::parse(CSV.as_bytes())
}

fn commit(table: &Table, schema: Schema) -> Result<Holding, Error> {
    let data = table
        .quantise(&schema)
        .map_err(Error::table(NAME.as_ref()))?;
    Holding::commit(data, schema, None)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn of_569_rows_455_are_trained_on() {
        let data = Data::load(super::super::ROWS).unwrap();
        let sizes = (data.training.data.rows(), data.held_out.data.rows());
        assert_eq!(sizes, (455, 114));
        assert_eq!(data.training.registration.schema.label.classes, CLASSES);
    }
}
