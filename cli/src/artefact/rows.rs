//! `rows.bin`: a dataset's quantised rows, private.
//!
//! A line of JSON (`{"format":"assay-rows","version":1,"rows":..,"features":..,
//! "classes":..}`), then each row's feature bytes and its label byte.

use std::path::Path;

use assay_protocol::dataset::{BLOCK_BYTES, Dataset, MAX_BLOCKS};
use serde::{Deserialize, Serialize};

use super::file::{self, Access};
use super::{Artefact, Envelope};
use crate::Error;

const MAX_HEADER_BYTES: usize = 256;
/// The most bytes of a file of rows.
pub const MAX_BYTES: u64 = (MAX_HEADER_BYTES + BLOCK_BYTES * MAX_BLOCKS) as u64;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    rows: usize,
    features: usize,
    classes: usize,
}

impl Artefact for Header {
    const FORMAT: &'static str = "assay-rows";
    const ACCESS: Access = Access::Private;
}

/// The file's bytes.
///
/// # Errors
/// [`Error::File`] if the header has no JSON text, which can't be.
pub fn to_bytes(data: &Dataset) -> Result<Vec<u8>, Error> {
    let header = Envelope {
        format: Header::FORMAT,
        version: Header::VERSION,
        content: &Header {
            rows: data.rows(),
            features: data.features(),
            classes: data.classes(),
        },
    };
    let header = serde_json::to_vec(&header);
    let mut bytes = header.map_err(|error| Error::damaged(Path::new(Header::FORMAT), error))?;
    bytes.push(b'\n');
    for (row, label) in data.labels().iter().enumerate() {
        bytes.extend_from_slice(data.row(row));
        bytes.push(*label);
    }
    Ok(bytes)
}

/// Reads the file.
///
/// # Errors
/// [`Error`] if it can't be read, is no such file, or isn't exactly its rows.
pub fn read(path: &Path) -> Result<Dataset, Error> {
    parse(path, &file::read(path, Header::FORMAT, MAX_BYTES)?)
}

fn parse(path: &Path, bytes: &[u8]) -> Result<Dataset, Error> {
    let end = bytes
        .iter()
        .take(MAX_HEADER_BYTES)
        .position(|&b| b == b'\n');
    let (header, body) = bytes.split_at(end.unwrap_or(bytes.len().min(MAX_HEADER_BYTES)));
    let header: Header = super::parse(path, header)?;
    let body = body.get(1..).unwrap_or_default();
    let Some(width) = header.features.checked_add(1) else {
        return Err(Error::damaged(path, "too many features"));
    };
    if header.rows.checked_mul(width) != Some(body.len()) {
        let reason = format!(
            "{} bytes aren't {} rows of {width}",
            body.len(),
            header.rows
        );
        return Err(Error::damaged(path, reason));
    }
    let rows = body.chunks_exact(width).filter_map(<[u8]>::split_last);
    let (mut values, mut labels) = (Vec::with_capacity(body.len()), Vec::new());
    for (label, features) in rows {
        values.extend_from_slice(features);
        labels.push(*label);
    }
    Dataset::new(header.features, header.classes, values, labels)
        .map_err(|error| Error::damaged(path, error))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn bytes() -> Vec<u8> {
        to_bytes(&Dataset::new(2, 3, vec![1, 2, 255, 0], vec![2, 0]).unwrap()).unwrap()
    }

    fn parse(bytes: &[u8]) -> Result<Dataset, Error> {
        super::parse(Path::new("rows.bin"), bytes)
    }

    #[test]
    fn rows_read_back() {
        let data = parse(&bytes()).unwrap();
        assert_eq!(
            (data.rows(), data.row(1), data.labels()),
            (2, &[255, 0][..], &[2, 0][..])
        );
    }

    #[test]
    fn any_other_length_is_refused() {
        let bytes = bytes();
        for length in 0..bytes.len() {
            assert!(parse(&bytes[..length]).is_err(), "{length}");
        }
        assert!(parse(&[&bytes[..], &[0]].concat()).is_err());
    }

    #[test]
    fn sizes_that_overflow_are_refused() {
        let huge = format!(
            "{{\"format\":\"assay-rows\",\"version\":1,\"rows\":{0},\"features\":{0},\"classes\":2}}\n",
            usize::MAX
        );
        assert!(matches!(parse(huge.as_bytes()), Err(Error::File { .. })));
    }

    #[test]
    fn a_label_that_is_no_class_is_refused() {
        let mut bytes = bytes();
        *bytes.last_mut().unwrap() = 3;
        assert!(matches!(parse(&bytes), Err(Error::File { .. })));
    }
}
