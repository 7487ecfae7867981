//! Rows of numbers from a file: `.csv`, `.npy`, or JSON `{"input_data": [[...]]}`.
//!
//! Numbers are kept as text, so that a schema's quantiser sees exactly what the file says.

use std::path::Path;

use assay_protocol::schema::Schema;
use npyz::{DType, NpyFile, Order, TypeChar};
use serde::Deserialize;
use serde_json::Number;

use crate::Error;
use crate::artefact::file;
use crate::table::{MAX_BYTES, Table};

/// The most numbers in a file.
const MAX_NUMBERS: usize = 1 << 24;

/// Rows of numbers, with the columns' names where the file tells them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inputs {
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
        let inputs = match extension {
            Some("csv") => Self::from_table(&Table::read(path)?.0),
            Some("npy") => from_npy(&file::read(path, "an .npy file", MAX_BYTES)?)
                .map_err(|reason| Error::damaged(path, reason))?,
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
        Ok(inputs)
    }

    fn from_table(table: &Table) -> Self {
        Self {
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
                let shown: String = name.chars().take(40).collect();
                return Err(Error::Mismatch(format!(
                    "there is no column {shown:?} to ignore: correct the name"
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
        let float = |(row, text): (usize, &String)| {
            let number = text
                .trim()
                .parse::<f64>()
                .ok()
                .filter(|number| number.is_finite());
            number.ok_or_else(|| {
                let shown: String = text.chars().take(40).collect();
                Error::Mismatch(format!(
                    "row {row} holds {shown:?}, which is no finite number"
                ))
            })
        };
        let row =
            |(i, row): (usize, &Vec<String>)| row.iter().map(|text| float((i, text))).collect();
        self.rows.iter().enumerate().map(row).collect()
    }

    /// `count` rows from `first` on, as bytes by a schema. Columns are found by their names
    /// where the file tells them.
    ///
    /// # Errors
    /// [`Error::Mismatch`] where rows or columns are missing; [`Error::Schema`] for a value
    /// that is no number.
    pub fn quantised(&self, schema: &Schema, first: usize, count: usize) -> Result<Vec<u8>, Error> {
        let end = first
            .checked_add(count)
            .filter(|&end| end <= self.rows.len());
        let Some(end) = end else {
            return Err(Error::Mismatch(format!(
                "the file has {} rows, row {first} and {count} in all are asked for: choose others",
                self.rows.len()
            )));
        };
        let places = self.places(schema)?;
        let quantiser = schema.quantiser()?;
        let mut bytes = Vec::with_capacity(count * places.len());
        for row in &self.rows[first..end] {
            let texts: Vec<&str> = places.iter().map(|&place| row[place].as_str()).collect();
            bytes.extend(quantiser.features(texts.into_iter())?);
        }
        Ok(bytes)
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
            None if self.columns.is_none() => Err(Error::Mismatch(format!(
                "the rows have {width} values, the model takes {expected}"
            ))),
            None => {
                let missing = schema.columns.iter().find(|c| place(&c.name).is_none());
                let name = missing.map_or("", |column| &column.name);
                let name: String = name.chars().take(40).collect();
                Err(Error::Mismatch(format!(
                    "the file has no column {name:?}, which the model takes: name the columns as in schema.json"
                )))
            }
        }
    }
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
        columns: None,
        rows: data.input_data.iter().map(row).collect(),
    })
}

fn from_npy(bytes: &[u8]) -> Result<Inputs, String> {
    let (rows, width) = npy_shape(bytes)?;
    let npy = NpyFile::new(bytes).map_err(|error| error.to_string())?;
    if npy.shape().iter().product::<u64>() != (rows * width) as u64 || npy.order() != Order::C {
        return Err("an array in C order is needed".into());
    }
    let numbers = texts(npy)?;
    Ok(Inputs {
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
fn texts(npy: NpyFile<&[u8]>) -> Result<Vec<String>, String> {
    let DType::Plain(kind) = npy.dtype() else {
        return Err("an array of plain numbers is needed".into());
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
        _ => Err("an array of integers or floats of at most 8 bytes is needed".into()),
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
