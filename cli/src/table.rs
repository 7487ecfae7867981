//! CSV files: a header and rows of text, from anyone.

use std::path::Path;

use assay_protocol::dataset::{Dataset, DatasetError};
use assay_protocol::schema::{Column, LabelColumn, Schema, SchemaError, decimal};
use csv::{ErrorKind, ReaderBuilder, StringRecord, Trim};

use crate::artefact::file;
use crate::{Error, clamped, quotes};

/// The most bytes of a CSV file.
pub const MAX_BYTES: u64 = 256 << 20;

/// What is wrong with a table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// No header, or no row after it.
    #[error("no rows: it needs a line of column names and a line for each row")]
    Empty,
    /// Two columns of one name.
    #[error("column {0:?} appears twice in the header: names must differ")]
    Duplicate(String),
    /// A row that isn't as wide as the header.
    #[error(
        "line {line}: {found} values, but the header names {expected} columns: correct the line"
    )]
    Width {
        /// Line of the file, from 1.
        line: u64,
        /// Values in the row.
        found: u64,
        /// Columns in the header.
        expected: u64,
    },
    /// Bytes that are no text.
    #[error("line {line} is not UTF-8 text: convert the file")]
    Text {
        /// Line of the file, from 1.
        line: u64,
    },
    /// A quotation mark within a value, or something after a quoted one.
    #[error(
        "line {line}: a quotation mark that doesn't surround a whole value: quote the value, and double the marks in it"
    )]
    Quote {
        /// Line of the file, from 1.
        line: u64,
    },
    /// A quoted value without an end.
    #[error("line {line}: a quoted value begins here and never ends: close or remove its mark")]
    Unclosed {
        /// Line of the file, from 1.
        line: u64,
    },
    /// No such column.
    #[error("no column {name:?}: the columns are {known}")]
    NoColumn {
        /// The column asked for.
        name: String,
        /// The header, as much as fits a line.
        known: String,
    },
    /// A column whose values are all the same.
    #[error(
        "column {0:?} is the same in every row: leave it out with --columns, or name its bounds with --schema"
    )]
    Constant(String),
    /// A value or label that the schema has no integer for.
    #[error("line {line}: {source}")]
    Value {
        /// Line of the file, from 1.
        line: u64,
        /// Why.
        source: SchemaError,
    },
    /// Labels that make no classes, or columns that make no schema.
    #[error(transparent)]
    Schema(#[from] SchemaError),
    /// More rows than a dataset holds.
    #[error(transparent)]
    Dataset(#[from] DatasetError),
}

/// A table of text.
#[derive(Clone, Debug)]
pub struct Table {
    header: Vec<String>,
    rows: Vec<StringRecord>,
}

impl Table {
    /// Reads a file and returns its bytes too.
    ///
    /// # Errors
    /// [`Error`] if it can't be read, is too large, or is no table.
    pub fn read(path: &Path) -> Result<(Self, Vec<u8>), Error> {
        let bytes = file::read(path, "a CSV file", MAX_BYTES)?;
        let table = Self::parse(&bytes).map_err(Error::table(path))?;
        Ok((table, bytes))
    }

    /// Reads the text of a CSV file. Blanks around values don't count.
    ///
    /// # Errors
    /// [`TableError`] for the first thing that is wrong.
    pub fn parse(bytes: &[u8]) -> Result<Self, TableError> {
        quotes::check(bytes)?;
        let mut reader = ReaderBuilder::new().trim(Trim::All).from_reader(bytes);
        let header: Vec<String> = match reader.headers() {
            Ok(header) => header.iter().map(String::from).collect(),
            Err(error) => return Err(explained(&error)),
        };
        for (place, name) in header.iter().enumerate() {
            if header[..place].contains(name) {
                return Err(TableError::Duplicate(shown(name)));
            }
        }
        let rows: Result<Vec<StringRecord>, csv::Error> = reader.records().collect();
        let rows = rows.map_err(|error| explained(&error))?;
        match rows.is_empty() {
            true => Err(TableError::Empty),
            false => Ok(Self { header, rows }),
        }
    }

    /// The rows whose index satisfies `keep`, in order.
    pub fn filter(&self, keep: impl Fn(usize) -> bool) -> Self {
        let rows = self.rows.iter().enumerate();
        let rows = rows.filter(|(index, _)| keep(*index));
        Self {
            header: self.header.clone(),
            rows: rows.map(|(_, row)| row.clone()).collect(),
        }
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// The columns' names.
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// Every row's values as they are.
    pub fn texts(&self) -> Vec<Vec<String>> {
        let row = |row: &StringRecord| row.iter().map(str::to_owned).collect();
        self.rows.iter().map(row).collect()
    }

    /// The schema of these rows: bounds are a column's least and greatest value,
    /// classes are the labels in order. Without `columns` it has every column but
    /// the label.
    ///
    /// # Errors
    /// [`TableError`] if a column is missing, constant or no number.
    pub fn schema(&self, label: &str, columns: Option<&[String]>) -> Result<Schema, TableError> {
        let label_place = self.place(label)?;
        let places: Vec<usize> = match columns {
            Some(names) => names
                .iter()
                .map(|n| self.place(n))
                .collect::<Result<_, _>>()?,
            None => (0..self.header.len())
                .filter(|&c| c != label_place)
                .collect(),
        };
        let mut classes: Vec<String> = self
            .rows
            .iter()
            .map(|row| row[label_place].into())
            .collect();
        classes.sort_unstable();
        classes.dedup();
        let columns: Result<_, _> = places.iter().map(|&place| self.bounds(place)).collect();
        let schema = Schema {
            columns: columns?,
            label: LabelColumn {
                name: label.into(),
                classes,
            },
        };
        schema.quantiser()?;
        Ok(schema)
    }

    /// The rows as integers. Columns that the schema doesn't name are left out.
    ///
    /// # Errors
    /// [`TableError`] if a column is missing, or a value or label has no integer.
    pub fn quantise(&self, schema: &Schema) -> Result<Dataset, TableError> {
        let quantiser = schema.quantiser()?;
        let names = schema.columns.iter().map(|column| &column.name);
        let places: Vec<usize> = names.map(|n| self.place(n)).collect::<Result<_, _>>()?;
        let label_place = self.place(&schema.label.name)?;
        let (mut values, mut labels) = (Vec::new(), Vec::new());
        for row in &self.rows {
            let at_line = |source| TableError::Value {
                line: line(row),
                source,
            };
            let texts = places.iter().map(|&place| &row[place]);
            values.extend(quantiser.features(texts).map_err(at_line)?);
            labels.push(quantiser.label(&row[label_place]).map_err(at_line)?);
        }
        let (features, classes) = (places.len(), schema.label.classes.len());
        Ok(Dataset::new(features, classes, values, labels)?)
    }

    /// A warning for each value outside its column's bounds: it counts as the bound.
    ///
    /// # Errors
    /// [`TableError`] if a column is missing or a value no number.
    pub fn clamped(&self, schema: &Schema) -> Result<Vec<String>, TableError> {
        let names = schema.columns.iter().map(|column| &column.name);
        let places: Vec<usize> = names.map(|n| self.place(n)).collect::<Result<_, _>>()?;
        let rows = self.rows.iter().map(|row| {
            let values = places.iter().map(|&place| &row[place]).collect();
            (format!("line {}", line(row)), values)
        });
        Ok(clamped::warnings(&schema.columns, rows)?)
    }

    fn bounds(&self, place: usize) -> Result<Column, TableError> {
        let name = &self.header[place];
        let mut least = None;
        let mut greatest = None;
        for row in &self.rows {
            let text = &row[place];
            let number = decimal(text).map_err(|source| TableError::Value {
                line: line(row),
                source,
            })?;
            if least.is_none_or(|(bound, _)| number < bound) {
                least = Some((number, text));
            }
            if greatest.is_none_or(|(bound, _)| number > bound) {
                greatest = Some((number, text));
            }
        }
        match (least, greatest) {
            (Some((low, lower)), Some((high, upper))) if low < high => Ok(Column {
                name: name.clone(),
                lower: lower.into(),
                upper: upper.into(),
            }),
            _ => Err(TableError::Constant(shown(name))),
        }
    }

    fn place(&self, name: &str) -> Result<usize, TableError> {
        let place = self.header.iter().position(|column| column == name);
        place.ok_or_else(|| TableError::NoColumn {
            name: shown(name),
            known: self.header.join(", ").chars().take(200).collect(),
        })
    }
}

fn line(row: &StringRecord) -> u64 {
    row.position().map_or(0, csv::Position::line)
}

fn explained(error: &csv::Error) -> TableError {
    let line = error.position().map_or(1, csv::Position::line);
    match *error.kind() {
        ErrorKind::UnequalLengths {
            expected_len, len, ..
        } => TableError::Width {
            line,
            found: len,
            expected: expected_len,
        },
        // Read from memory, a table has no other error than bytes that are no text.
        _ => TableError::Text { line },
    }
}

/// As much of a name as an error message shows.
fn shown(name: &str) -> String {
    name.chars().take(40).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const TABLE: &[u8] = b"a, b,kind\n1,-2.50,yes\n3e1,7,no\n2,0,yes\n";

    fn table() -> Table {
        Table::parse(TABLE).unwrap()
    }

    #[test]
    fn bounds_are_the_least_and_greatest_values_text() {
        let schema = table().schema("kind", None).unwrap();
        let bounds: Vec<_> = schema
            .columns
            .iter()
            .map(|c| (&*c.lower, &*c.upper))
            .collect();
        assert_eq!(bounds, [("1", "3e1"), ("-2.50", "7")]);
        assert_eq!(schema.label.classes, ["no", "yes"]);
    }

    #[test]
    fn rows_become_integers_in_the_schemas_order() {
        let columns = ["b".to_owned(), "a".to_owned()];
        let schema = table().schema("kind", Some(&columns)).unwrap();
        let data = table().quantise(&schema).unwrap();
        assert_eq!((data.row(0), data.row(1)), (&[0, 0][..], &[255, 255][..]));
        assert_eq!(data.labels(), [1, 0, 1]);
    }

    #[test]
    fn what_is_no_table_is_refused() {
        let parse = |bytes: &[u8]| Table::parse(bytes).map(|_| ()).unwrap_err();
        assert_eq!(parse(b""), TableError::Empty);
        assert_eq!(parse(b"a,b\n"), TableError::Empty);
        assert_eq!(parse(b"a,a\n1,2\n"), TableError::Duplicate("a".into()));
        let width = TableError::Width {
            line: 3,
            found: 1,
            expected: 2,
        };
        assert_eq!(parse(b"a,b\n1,2\n3\n"), width);
        assert_eq!(parse(b"a,b\n1,2\n\xff,3\n"), TableError::Text { line: 3 });
    }

    #[test]
    fn what_has_no_bounds_is_refused() {
        let schema = |text: &str| Table::parse(text.as_bytes()).unwrap().schema("k", None);
        assert_eq!(
            schema("a,k\n1,x\n1.0,y\n"),
            Err(TableError::Constant("a".into()))
        );
        let not_a_number = SchemaError::NotANumber("NaN".into());
        assert_eq!(
            schema("a,k\n1,x\nNaN,y\n"),
            Err(TableError::Value {
                line: 3,
                source: not_a_number
            })
        );
        assert_eq!(
            schema("a,k\n1,x\n2,x\n"),
            Err(TableError::Schema(SchemaError::Classes(1)))
        );
        assert!(matches!(
            schema("a,b\n1,x\n"),
            Err(TableError::NoColumn { .. })
        ));
    }
}
