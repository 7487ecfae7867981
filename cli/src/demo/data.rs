//! The demo's data: Breast Cancer Wisconsin, all of its thirty columns.

use assay_protocol::schema::{Column, LabelColumn, Schema};

use crate::Error;
use crate::artefact::dataset::Holding;
use crate::table::{Table, TableError};

const CSV: &str = include_str!("../../data/wdbc.csv");
const NAME: &str = "wdbc.csv";
const LABEL: &str = "diagnosis";

/// The columns, each with bounds that a hospital can publish before it has seen a patient:
/// round numbers that these measurements lie within.
const COLUMNS: [(&str, &str, &str); 30] = [
    ("mean_radius", "5", "30"),
    ("mean_texture", "5", "40"),
    ("mean_perimeter", "40", "200"),
    ("mean_area", "100", "2600"),
    ("mean_smoothness", "0.05", "0.17"),
    ("mean_compactness", "0", "0.35"),
    ("mean_concavity", "0", "0.45"),
    ("mean_concave_points", "0", "0.21"),
    ("mean_symmetry", "0.1", "0.31"),
    ("mean_fractal_dimension", "0.04", "0.1"),
    ("error_radius", "0", "3"),
    ("error_texture", "0", "5"),
    ("error_perimeter", "0", "25"),
    ("error_area", "0", "600"),
    ("error_smoothness", "0", "0.04"),
    ("error_compactness", "0", "0.15"),
    ("error_concavity", "0", "0.4"),
    ("error_concave_points", "0", "0.06"),
    ("error_symmetry", "0", "0.08"),
    ("error_fractal_dimension", "0", "0.03"),
    ("worst_radius", "5", "40"),
    ("worst_texture", "10", "50"),
    ("worst_perimeter", "50", "260"),
    ("worst_area", "150", "4500"),
    ("worst_smoothness", "0.05", "0.25"),
    ("worst_compactness", "0", "1.1"),
    ("worst_concavity", "0", "1.3"),
    ("worst_concave_points", "0", "0.3"),
    ("worst_symmetry", "0.15", "0.7"),
    ("worst_fractal_dimension", "0.05", "0.21"),
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
        let names = COLUMNS.map(|(name, _, _)| name.to_owned());
        let schema = training.schema(LABEL, Some(&names));
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
    let column = |(name, lower, upper): (&str, &str, &str)| Column {
        name: name.into(),
        lower: lower.into(),
        upper: upper.into(),
    };
    let schema = Schema {
        columns: COLUMNS.map(column).to_vec(),
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
