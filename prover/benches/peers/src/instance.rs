//! Constraints and a witness as a file, which every prover reads. README.md has the format.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use crate::Error;

/// The first bytes of an instance file, the last of them the format's version.
const MAGIC: &[u8; 11] = b"assay-r1cs\x01";

/// Wires that aren't private: the constant one and the public input.
pub(crate) const INPUTS: usize = 2;

/// A rank-1 constraint system and a witness that satisfies it, over any representation
/// `F` of the scalar field of BLS12-381.
///
/// Wire 0 is the constant one, wire 1 the only public input, all others are private.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instance<F> {
    /// What kind of witness it is.
    pub witness: String,
    /// Every coefficient that occurs, once.
    pub coefficients: Vec<F>,
    /// A, B and C of `A w * B w = C w`.
    pub matrices: [Matrix; 3],
    /// The value of every wire.
    pub assignment: Vec<F>,
}

/// A sparse matrix, row by row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matrix {
    /// Where each row's terms end.
    ends: Vec<u32>,
    /// Wire and place in the table of coefficients.
    terms: Vec<[u32; 2]>,
}

impl Matrix {
    /// Adds a row of wires and places in the table of coefficients.
    ///
    /// # Errors
    /// [`Error::TooLarge`].
    pub fn push(&mut self, terms: impl IntoIterator<Item = [u32; 2]>) -> Result<(), Error> {
        self.terms.extend(terms);
        self.ends.push(count(self.terms.len())?);
        Ok(())
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.ends.len()
    }

    /// Wires and places of coefficients of a row.
    fn row(&self, row: usize) -> &[[u32; 2]] {
        let start = row.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.terms[start as usize..self.ends[row] as usize]
    }
}

impl<F: Copy> Instance<F> {
    /// Number of constraints.
    pub fn constraints(&self) -> usize {
        self.matrices[0].rows()
    }

    /// Binary logarithm of the least domain that holds the constraints, and one more for the
    /// constant and the public input each.
    pub fn log2(&self) -> u32 {
        (self.constraints() + INPUTS)
            .next_power_of_two()
            .trailing_zeros()
    }

    /// Wires and coefficients of one of the three combinations of a constraint.
    pub fn row(&self, matrix: usize, constraint: usize) -> impl Iterator<Item = (usize, F)> + '_ {
        let terms = self.matrices[matrix].row(constraint).iter();
        terms.map(|&[wire, coefficient]| (wire as usize, self.coefficients[coefficient as usize]))
    }

    /// Reads an instance file; `decode` reads an element from its canonical little-endian
    /// bytes.
    ///
    /// # Errors
    /// [`Error::File`], [`Error::NotAnInstance`].
    pub fn read(path: &Path, decode: impl Fn(&[u8; 32]) -> Option<F>) -> Result<Self, Error> {
        let bytes = std::fs::read(path).map_err(Error::file(path))?;
        let instance = Bytes(&bytes).instance(decode);
        instance.ok_or_else(|| Error::NotAnInstance { path: path.into() })
    }

    /// Writes an instance file.
    ///
    /// # Errors
    /// [`Error::File`], [`Error::TooLarge`].
    pub fn write(&self, path: &Path, encode: impl Fn(&F) -> [u8; 32]) -> Result<(), Error> {
        let sizes = [
            self.witness.len(),
            self.constraints(),
            self.assignment.len(),
            self.coefficients.len(),
        ];
        let mut header = MAGIC.to_vec();
        for size in sizes {
            header.extend(count(size)?.to_le_bytes());
        }
        let file = File::create(path).map_err(Error::file(path))?;
        self.write_body(header, file, encode)
            .map_err(Error::file(path))
    }

    fn write_body(
        &self,
        header: Vec<u8>,
        file: File,
        encode: impl Fn(&F) -> [u8; 32],
    ) -> std::io::Result<()> {
        let mut out = BufWriter::new(file);
        out.write_all(&header)?;
        out.write_all(self.witness.as_bytes())?;
        for coefficient in &self.coefficients {
            out.write_all(&encode(coefficient))?;
        }
        for matrix in &self.matrices {
            for number in matrix.ends.iter().chain(matrix.terms.as_flattened()) {
                out.write_all(&number.to_le_bytes())?;
            }
        }
        for value in &self.assignment {
            out.write_all(&encode(value))?;
        }
        out.flush()
    }
}

fn count(len: usize) -> Result<u32, Error> {
    u32::try_from(len).map_err(|_| Error::TooLarge)
}

/// What is left of a file's bytes.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn instance<F: Copy>(mut self, decode: impl Fn(&[u8; 32]) -> Option<F>) -> Option<Instance<F>> {
        if self.take(MAGIC.len())? != MAGIC {
            return None;
        }
        let [name, constraints, wires, coefficients] = *self.numbers(4)?.first_chunk()?;
        let instance = Instance {
            witness: String::from_utf8(self.take(name as usize)?.to_vec()).ok()?,
            coefficients: self.elements(coefficients, &decode)?,
            matrices: [
                self.matrix(constraints, wires, coefficients)?,
                self.matrix(constraints, wires, coefficients)?,
                self.matrix(constraints, wires, coefficients)?,
            ],
            assignment: self.elements(wires, &decode)?,
        };
        (self.0.is_empty() && wires as usize > INPUTS).then_some(instance)
    }

    fn take(&mut self, len: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(len)?;
        self.0 = rest;
        Some(taken)
    }

    fn numbers(&mut self, count: usize) -> Option<Vec<u32>> {
        let (numbers, _) = self.take(count.checked_mul(4)?)?.as_chunks();
        Some(
            numbers
                .iter()
                .map(|&bytes| u32::from_le_bytes(bytes))
                .collect(),
        )
    }

    fn elements<F>(
        &mut self,
        count: u32,
        decode: impl Fn(&[u8; 32]) -> Option<F>,
    ) -> Option<Vec<F>> {
        let (elements, _) = self.take((count as usize).checked_mul(32)?)?.as_chunks();
        elements.iter().map(decode).collect()
    }

    /// A matrix whose terms name existing wires and coefficients.
    fn matrix(&mut self, rows: u32, wires: u32, coefficients: u32) -> Option<Matrix> {
        let ends = self.numbers(rows as usize)?;
        let terms = self.numbers((*ends.last()? as usize).checked_mul(2)?)?;
        let (terms, _) = terms.as_chunks();
        let known = |&[wire, coefficient]: &[u32; 2]| wire < wires && coefficient < coefficients;
        let terms = terms.to_vec();
        (ends.is_sorted() && terms.iter().all(known)).then_some(Matrix { ends, terms })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// `w2 * w2 = w1`, with 9 = 3 * 3.
    fn square() -> Instance<u8> {
        let mut matrices: [Matrix; 3] = Default::default();
        for (matrix, wire) in matrices.iter_mut().zip([2, 2, 1]) {
            matrix.push([[wire, 0]]).unwrap();
        }
        Instance {
            witness: "square".into(),
            coefficients: vec![1],
            matrices,
            assignment: vec![1, 9, 3],
        }
    }

    fn written() -> Vec<u8> {
        let file = tempfile::NamedTempFile::new().unwrap();
        let encode = |&value: &u8| std::array::from_fn(|i| if i == 0 { value } else { 0 });
        square().write(file.path(), encode).unwrap();
        std::fs::read(file.path()).unwrap()
    }

    fn read(bytes: &[u8]) -> Option<Instance<u8>> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), bytes).unwrap();
        Instance::read(file.path(), |bytes| Some(bytes[0])).ok()
    }

    #[test]
    fn an_instance_reads_back() {
        assert_eq!(read(&written()), Some(square()));
    }

    #[test]
    fn a_shortened_or_lengthened_file_is_refused() {
        let mut bytes = written();
        assert_eq!(read(&bytes[..bytes.len() - 1]), None);
        bytes.push(0);
        assert_eq!(read(&bytes), None);
    }

    #[test]
    fn a_term_with_an_unknown_wire_is_refused() {
        let mut bytes = written();
        let first_wire = MAGIC.len() + 4 * 4 + "square".len() + 32 + 4;
        bytes[first_wire] = 3;
        assert_eq!(read(&bytes), None);
    }
}
