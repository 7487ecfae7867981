//! The demo's data: Breast Cancer Wisconsin, its ten mean columns.

use assay_protocol::schema::Schema;

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
        assert_eq!(
            data.training.registration.schema.label.classes,
            ["benign", "malignant"]
        );
    }
}
