//! Rows of numbers from a file: `.csv`, `.npy`, or JSON `{"input_data": [[...]]}`.
//!
//! Numbers are kept as text, so that a schema's quantiser sees exactly what the file says.

use std::path::{Path, PathBuf};

use assay_protocol::schema::{Schema, decimal};
use npyz::{DType, NpyFile, Order, TypeChar};
use serde::Deserialize;
use serde_json::Number;

use crate::artefact::file;
use crate::table::{MAX_BYTES, Table};
use crate::{Error, clamped};

/// The most numbers in a file.
const MAX_NUMBERS: usize = 1 << 24;

/// Rows of numbers, with the columns' names where the file tells them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inputs {
    /// Where they come from, for messages.
    file: PathBuf,
    columns: Option<Vec<String>>,
    rows: Vec<Vec<String>>,
}

/// What EZKL and others write.
#[derive(Deserialize)]
struct InputData {
    input_data: Vec<Vec<Number>>,
}

impl Inputs {
    /// Reads a file by the end of its name.
    ///
    /// # Errors
    /// [`Error`] if it can't be read, is too large or holds no rows of numbers.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let extension = path.extension().and_then(|extension| extension.to_str());
        let mut inputs = match extension {
            Some("csv") => Self::from_table(&Table::read(path)?.0),
            Some("npy") => from_npy(&file::read(path, "an .npy file", MAX_BYTES)?)
                .map_err(|refused| refused.of(path))?,
            Some("json") => {
                let bytes = file::read(path, "a JSON file", MAX_BYTES)?;
                from_json(&bytes).map_err(|reason| Error::damaged(path, reason))?
            }
            _ => {
                return Err(Error::Mismatch(format!(
                    "{}: rows come as .csv, .npy or .json: rename or convert the file",
                    path.display()
                )));
            }
        };
        inputs
            .check()
            .map_err(|reason| Error::damaged(path, reason))?;
        inputs.file = path.into();
        Ok(inputs)
    }

    fn from_table(table: &Table) -> Self {
        Self {
            file: PathBuf::new(),
            columns: Some(table.header().to_vec()),
            rows: table.texts(),
        }
    }

    fn check(&self) -> Result<(), String> {
        let width = self.rows.first().map_or(0, Vec::len);
        if width == 0 {
            return Err("it has no rows of numbers".into());
        }
        if let Some(row) = self.rows.iter().position(|row| row.len() != width) {
            let found = self.rows[row].len();
            return Err(format!("row {row} has {found} values, row 0 has {width}"));
        }
        if self.rows.len().saturating_mul(width) > MAX_NUMBERS {
            return Err(format!("it has more than {MAX_NUMBERS} numbers"));
        }
        Ok(())
    }

    /// The number of rows.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none, which [`read`](Self::read) refuses.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The rows without the columns of these names.
    ///
    /// # Errors
    /// [`Error::Mismatch`] for a name that isn't there.
    pub fn without(mut self, names: &[String]) -> Result<Self, Error> {
        for name in names {
            let columns = self.columns.as_mut();
            let place = columns
                .as_ref()
                .and_then(|columns| columns.iter().position(|c| c == name));
            let (Some(columns), Some(place)) = (columns, place) else {
                return Err(Error::Mismatch(format!(
                    "there is no column {:?} to ignore: correct the name",
                    shown(name)
                )));
            };
            columns.remove(place);
            for row in &mut self.rows {
                row.remove(place);
            }
        }
        Ok(self)
    }

    /// The columns' names, or `x0`, `x1` and so on.
    pub fn names(&self) -> Vec<String> {
        let width = self.rows.first().map_or(0, Vec::len);
        let numbered = || (0..width).map(|i| format!("x{i}")).collect();
        self.columns.clone().unwrap_or_else(numbered)
    }

    /// The rows as floats.
    ///
    /// # Errors
    /// [`Error::Mismatch`] for a value that is no finite number.
    pub fn floats(&self) -> Result<Vec<Vec<f64>>, Error> {
        let names = self.names();
        let float = |row: usize, (text, name): (&String, &String)| {
            let number = text.trim().parse::<f64>().ok();
            number.filter(|number| number.is_finite()).ok_or_else(|| {
                let (value, name) = (shown(text), shown(name));
                self.mismatch(format!(
                    "row {row}, column {name:?}: {value:?} is no finite number: correct it, or \
                     leave the column out with --ignore {name}"
                ))
            })
        };
        let row = |(i, row): (usize, &Vec<String>)| {
            let values = row.iter().zip(&names);
            values.map(|value| float(i, value)).collect()
        };
        self.rows.iter().enumerate().map(row).collect()
    }

    /// `count` rows from `first` on, as bytes by a schema. Columns are found by their names
    /// where the file tells them.
    ///
    /// # Errors
    /// [`Error::Mismatch`] where rows or columns are missing, or a value is no number.
    pub fn quantised(&self, schema: &Schema, first: usize, count: usize) -> Result<Vec<u8>, Error> {
        let quantiser = schema.quantiser()?;
        let mut bytes = Vec::new();
        for (row, values) in self.chosen(schema, first, count)? {
            let features = quantiser.features(values.iter().copied());
            bytes.extend(features.map_err(|error| {
                let mut named = schema.columns.iter().zip(&values);
                let wrong = named.find(|(_, value)| decimal(value).is_err());
                let name = wrong.map(|(column, _)| format!(", column {:?}", shown(&column.name)));
                self.mismatch(format!("row {row}{}: {error}", name.unwrap_or_default()))
            })?);
        }
        Ok(bytes)
    }

    /// A warning for each value of the same rows that is outside its column's bounds: it
    /// counts as the bound.
    ///
    /// # Errors
    /// Those of [`quantised`](Self::quantised).
    pub fn clamped(
        &self,
        schema: &Schema,
        first: usize,
        count: usize,
    ) -> Result<Vec<String>, Error> {
        let rows = self.chosen(schema, first, count)?.into_iter();
        let rows = rows.map(|(row, values)| (format!("row {row}"), values));
        Ok(clamped::warnings(&schema.columns, rows)?)
    }

    /// `count` rows from `first` on with their numbers, values in the schema's order.
    fn chosen(
        &self,
        schema: &Schema,
        first: usize,
        count: usize,
    ) -> Result<Vec<(usize, Vec<&str>)>, Error> {
        let found = self.rows.len();
        let Some(last) = found.checked_sub(count) else {
            return Err(self.mismatch(format!(
                "it has {found} of the {count} rows that a proof of this model holds: add {} more, or compile the model with --rows {found}",
                count - found
            )));
        };
        if first > last {
            return Err(self.mismatch(format!(
                "it has {found} rows, a proof holds {count} and row {first} and what follows aren't as many: choose a --row from 0 to {last}"
            )));
        }
        let places = self.places(schema)?;
        let row = |row: usize| {
            let values = &self.rows[row];
            let values = places.iter().map(|&place| values[place].as_str());
            (row, values.collect())
        };
        Ok((first..first + count).map(row).collect())
    }

    fn mismatch(&self, reason: String) -> Error {
        Error::Mismatch(format!("{}: {reason}", self.file.display()))
    }

    /// Where each column of a schema is.
    fn places(&self, schema: &Schema) -> Result<Vec<usize>, Error> {
        let width = self.rows.first().map_or(0, Vec::len);
        let expected = schema.columns.len();
        let place = |name: &String| {
            let columns = self.columns.as_ref()?;
            columns.iter().position(|column| column == name)
        };
        let named: Option<Vec<usize>> = schema.columns.iter().map(|c| place(&c.name)).collect();
        match named {
            Some(places) => Ok(places),
            // Without names the order counts.
            None if self.columns.is_none() && width == expected => Ok((0..width).collect()),
            None if self.columns.is_none() => Err(self.mismatch(format!(
                "its rows have {width} values, the model takes {expected}"
            ))),
            None => {
                let missing = schema.columns.iter().find(|c| place(&c.name).is_none());
                let name = missing.map_or("", |column| &column.name);
                Err(self.mismatch(format!(
                    "it has no column {:?}, which the model takes: name the columns as in schema.json",
                    shown(name)
                )))
            }
        }
    }
}

/// As much of a text as an error message shows.
fn shown(text: &str) -> String {
    text.chars().take(40).collect()
}

fn from_json(bytes: &[u8]) -> Result<Inputs, String> {
    let data: InputData = serde_json::from_slice(bytes).map_err(|error| {
        format!(
            "no {{\"input_data\": [[numbers]]}} (line {} column {})",
            error.line(),
            error.column()
        )
    })?;
    let row = |row: &Vec<Number>| row.iter().map(Number::to_string).collect();
    Ok(Inputs {
        file: PathBuf::new(),
        columns: None,
        rows: data.input_data.iter().map(row).collect(),
    })
}

/// Why an .npy file isn't read.
#[derive(Debug)]
enum NpyRefused {
    /// It isn't what its format promises.
    Damaged(String),
    /// An array of another kind than is read.
    Unsupported(&'static str),
}

impl From<String> for NpyRefused {
    fn from(reason: String) -> Self {
        Self::Damaged(reason)
    }
}

impl From<&str> for NpyRefused {
    fn from(reason: &str) -> Self {
        Self::Damaged(reason.into())
    }
}

impl NpyRefused {
    /// As the error of the file `path`.
    fn of(self, path: &Path) -> Error {
        match self {
            Self::Damaged(reason) => Error::damaged(path, reason),
            Self::Unsupported(found) => Error::Mismatch(format!(
                "{} is {found}: save it in C order as float32 or float64",
                path.display()
            )),
        }
    }
}

fn from_npy(bytes: &[u8]) -> Result<Inputs, NpyRefused> {
    let (rows, width) = npy_shape(bytes)?;
    let npy = NpyFile::new(bytes).map_err(|error| error.to_string())?;
    if npy.shape().iter().product::<u64>() != (rows * width) as u64 {
        return Err("its header tells two shapes".into());
    }
    if npy.order() != Order::C {
        return Err(NpyRefused::Unsupported("an array in Fortran order"));
    }
    let numbers = texts(npy)?;
    Ok(Inputs {
        file: PathBuf::new(),
        columns: None,
        rows: numbers.chunks(width).map(<[String]>::to_vec).collect(),
    })
}

/// Rows and columns as the header says, before the reader multiplies what it finds there.
fn npy_shape(bytes: &[u8]) -> Result<(usize, usize), String> {
    const HEADER: usize = 4096;
    let header = String::from_utf8_lossy(&bytes[..bytes.len().min(HEADER)]);
    let (header, _) = header.split_once('\n').unwrap_or_default();
    let told: Vec<&str> = header.split("shape").collect();
    let shape = match told[..] {
        [_, rest] => rest
            .split_once('(')
            .and_then(|(_, rest)| rest.split_once(')')),
        _ => None,
    };
    let Some((shape, _)) = shape else {
        return Err("it has no header that tells its shape once".into());
    };
    let dimensions = shape
        .split(',')
        .map(str::trim)
        .filter(|text| !text.is_empty());
    let dimensions: Result<Vec<usize>, _> = dimensions.map(str::parse).collect();
    let (rows, width) = match dimensions.as_deref() {
        Ok(&[width]) => (1, width),
        Ok(&[rows, width]) => (rows, width),
        _ => return Err("an array of rank 1 or 2 is needed".into()),
    };
    match rows.checked_mul(width) {
        Some(1..=MAX_NUMBERS) => Ok((rows, width)),
        _ => Err(format!("1 to {MAX_NUMBERS} numbers are read")),
    }
}

/// Every number of an array as the shortest text that means it.
fn texts(npy: NpyFile<&[u8]>) -> Result<Vec<String>, NpyRefused> {
    let DType::Plain(kind) = npy.dtype() else {
        return Err(NpyRefused::Unsupported("an array of records"));
    };
    macro_rules! read {
        ($number:ty) => {{
            let numbers = npy
                .into_vec::<$number>()
                .map_err(|error| error.to_string())?;
            Ok(numbers.iter().map(ToString::to_string).collect())
        }};
    }
    match (kind.type_char(), kind.size_field()) {
        (TypeChar::Float, 4) => read!(f32),
        (TypeChar::Float, 8) => read!(f64),
        (TypeChar::Int, 1) => read!(i8),
        (TypeChar::Int, 2) => read!(i16),
        (TypeChar::Int, 4) => read!(i32),
        (TypeChar::Int, 8) => read!(i64),
        (TypeChar::Uint, 1) => read!(u8),
        (TypeChar::Uint, 2) => read!(u16),
        (TypeChar::Uint, 4) => read!(u32),
        (TypeChar::Uint, 8) => read!(u64),
        (TypeChar::Float, 2) => Err(NpyRefused::Unsupported("an array of float16")),
        (TypeChar::Bool, _) => Err(NpyRefused::Unsupported("an array of truth values")),
        _ => Err(NpyRefused::Unsupported(
            "no array of integers or floats of at most 8 bytes",
        )),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use assay_protocol::schema::{Column, LabelColumn};

    fn schema() -> Schema {
        let column = |name: &str| Column {
            name: name.into(),
            lower: "0".into(),
            upper: "255".into(),
        };
        Schema {
            columns: vec![column("a"), column("b")],
            label: LabelColumn {
                name: "output".into(),
                classes: vec![],
            },
        }
    }

    fn csv(text: &str) -> Inputs {
        Inputs::from_table(&Table::parse(text.as_bytes()).unwrap())
    }

    #[test]
    fn columns_are_found_by_name() {
        let inputs = csv("b,kind,a\n2,x,1\n4,y,3\n");
        assert_eq!(inputs.quantised(&schema(), 0, 2).unwrap(), [1, 2, 3, 4]);
        assert_eq!(inputs.quantised(&schema(), 1, 1).unwrap(), [3, 4]);
        let missing = csv("a,c\n1,2\n").quantised(&schema(), 0, 1).unwrap_err();
        assert!(missing.line().contains("\"b\""));
        let beyond = inputs.quantised(&schema(), 1, 2).unwrap_err();
        assert!(beyond.line().contains("2 rows"));
    }

    #[test]
    fn json_rows_are_in_the_models_order() {
        let inputs = from_json(br#"{"input_data": [[1, 2.5], [254.5, 300]]}"#).unwrap();
        assert_eq!(inputs.quantised(&schema(), 0, 2).unwrap(), [1, 3, 255, 255]);
        for bad in [
            "{}",
            "[[1]]",
            r#"{"input_data": [["1"]]}"#,
            r#"{"input_data": [[NaN]]}"#,
        ] {
            assert!(from_json(bad.as_bytes()).is_err(), "{bad}");
        }
        let ragged = from_json(br#"{"input_data": [[1, 2], [3]]}"#).unwrap();
        assert!(ragged.check().is_err());
        let none = from_json(br#"{"input_data": []}"#).unwrap();
        assert!(none.check().is_err());
    }

    /// The bytes of a version 1 .npy file.
    fn npy(description: &str, data: &[u8]) -> Vec<u8> {
        let mut header = description.to_owned().into_bytes();
        header.resize((10 + header.len()).next_multiple_of(64) - 11, b' ');
        header.push(b'\n');
        let length = u16::try_from(header.len()).unwrap().to_le_bytes();
        [&b"\x93NUMPY\x01\x00"[..], &length, &header, data].concat()
    }

    #[test]
    fn npy_arrays_are_rows() {
        let floats: Vec<u8> = [1f32, 2.0, 3.0, 0.5]
            .iter()
            .flat_map(|x| x.to_le_bytes())
            .collect();
        let file = npy(
            "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }",
            &floats,
        );
        let inputs = from_npy(&file).unwrap();
        assert_eq!(inputs.rows, [["1", "2"], ["3", "0.5"]]);
        let one = npy(
            "{'descr': '|u1', 'fortran_order': False, 'shape': (2,), }",
            &[7, 8],
        );
        assert_eq!(from_npy(&one).unwrap().rows, [["7", "8"]]);
        let short = npy(
            "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }",
            &floats[1..],
        );
        assert!(from_npy(&short).is_err());
        let huge = npy(
            "{'descr': '|u1', 'fortran_order': False, 'shape': (99999999999, 999999999), }",
            &[],
        );
        assert!(from_npy(&huge).is_err());
        let many = npy(
            "{'descr': '|u1', 'fortran_order': False, 'shape': (9999999, 9999999, 9999999), }",
            &[],
        );
        assert!(from_npy(&many).is_err());
        // Of two shapes the reader takes the other.
        let other = npy(
            "{'shape': (1,), 'descr': '|u1', 'fortran_order': False, 'shape': (9999999999, 9999999999), }",
            &[],
        );
        assert!(from_npy(&other).is_err());
        assert!(from_npy(b"no npy").is_err());
    }

    #[test]
    fn arrays_of_another_kind_are_told_how_to_be_saved() {
        let data = [0; 16];
        for (kind, order, found) in [
            ("<f4", "True", "Fortran"),
            ("<f2", "False", "float16"),
            ("|b1", "False", "truth"),
        ] {
            let description =
                format!("{{'descr': '{kind}', 'fortran_order': {order}, 'shape': (2, 2), }}");
            let refused = from_npy(&npy(&description, &data)).unwrap_err();
            let line = refused.of(Path::new("rows.npy")).line();
            assert!(line.starts_with("rows.npy is an array"), "{line}");
            assert!(line.contains(found), "{line}");
            assert!(
                line.ends_with("save it in C order as float32 or float64"),
                "{line}"
            );
        }
    }

    #[test]
    fn a_value_that_is_no_number_is_named_with_its_place() {
        let inputs = csv("a,b\n1,2\n3,NaN\n");
        let refused = inputs.quantised(&schema(), 1, 1).unwrap_err().line();
        assert!(
            refused.contains("row 1, column \"b\": \"NaN\""),
            "{refused}"
        );
        let refused = inputs.floats().unwrap_err().line();
        assert!(
            refused.contains("row 1, column \"b\": \"NaN\""),
            "{refused}"
        );
        assert!(refused.contains("--ignore b"), "{refused}");
    }

    #[test]
    fn too_few_rows_are_counted() {
        let inputs = csv("a,b\n1,2\n3,4\n");
        let refused = inputs.quantised(&schema(), 0, 5).unwrap_err().line();
        assert!(
            refused.contains("2 of the 5 rows that a proof of this model holds: add 3 more"),
            "{refused}"
        );
    }

    #[test]
    fn values_outside_the_schema_are_warned_of() {
        let inputs = csv("b,a\n1,2\n256,-1\n");
        assert!(inputs.clamped(&schema(), 0, 1).unwrap().is_empty());
        let warnings = inputs.clamped(&schema(), 0, 2).unwrap();
        assert_eq!(warnings.len(), 2);
        assert!(warnings[0].starts_with("row 1, column \"a\": -1 is outside 0 to 255"));
    }

    #[test]
    fn what_is_no_finite_number_has_no_float() {
        assert!(csv("a,b\n1,NaN\n").floats().is_err());
        assert!(csv("a,b\n1,inf\n").floats().is_err());
        assert!(csv("a,b\n1,x\n").floats().is_err());
        assert_eq!(csv("a,b\n1, 2e1\n").floats().unwrap(), [[1.0, 20.0]]);
    }

    #[test]
    fn columns_can_be_ignored() {
        let inputs = csv("a,kind,b\n1,x,2\n").without(&["kind".into()]).unwrap();
        assert_eq!(inputs.names(), ["a", "b"]);
        assert_eq!(inputs.floats().unwrap(), [[1.0, 2.0]]);
        assert!(inputs.without(&["kind".into()]).is_err());
    }
}
