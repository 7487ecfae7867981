//! Proving keys as files that are mapped into memory: a header, then sections, each at a
//! multiple of 64 bytes.
//!
//! ```text
//! magic (15) | version (1) | SHA-256 of the table (32) | table | sections
//! table: for each section in the order of `SECTIONS` offset (8), bytes (8), SHA-256 (32)
//! ```
//!
//! Numbers are little-endian. Points are uncompressed, their coordinates as
//! [`field`](crate::field) stores them, so that a prover works on the file as it is. The
//! single points are in zcash's uncompressed form.

use std::borrow::Cow;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use bls12_381::{G1Affine, G2Affine, Scalar};
use bytemuck::Pod;
use memmap2::Mmap;
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::array::Array;
use crate::curve::{G1, G2, PointOf};
use crate::key::{Epsilon, Queries, Singles};
use crate::shape::{Entry, Matrix, Shape};
use crate::{EngineError, ProvingKey, StagedCircuit};

/// Version of the file format.
pub(crate) const VERSION: u8 = 4;
const MAGIC: &[u8; 15] = b"assay-provingky";
const TABLE: usize = MAGIC.len() + 1 + 32;
const ROW: usize = 8 + 8 + 32;
const HEADER: usize = TABLE + ROW * SECTIONS.len();
const ALIGNMENT: usize = 64;

/// What the sections hold, as errors name them.
const SECTIONS: [&str; 15] = [
    "numbers of wires",
    "coefficients",
    "matrix A's rows",
    "matrix A's entries",
    "matrix B's rows",
    "matrix B's entries",
    "matrix C's rows",
    "matrix C's entries",
    "single points",
    "A points",
    "B points in G1",
    "B points in G2",
    "L points",
    "H points",
    "powers",
];

#[cfg(not(target_endian = "little"))]
compile_error!("proving keys are mapped as little-endian words");

impl ProvingKey {
    /// Writes the key; an interrupted or failed write leaves no file behind.
    ///
    /// # Errors
    /// [`EngineError::File`].
    pub fn save(&self, path: &Path) -> Result<(), EngineError> {
        let file = |source| EngineError::File {
            path: path.into(),
            source,
        };
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let temporary = tempfile::NamedTempFile::new_in(folder).map_err(file)?;
        self.write(temporary.as_file()).map_err(file)?;
        temporary.persist(path).map_err(|error| file(error.error))?;
        Ok(())
    }

    /// Maps a key and compares its checksums. Whether its points are what a setup makes of
    /// some circuit is for [`check`](crate::check) to say: a key from somebody else needs it.
    ///
    /// The file must not be changed while the key is in use: proofs would be wrong, or the
    /// process would end where the file was cut short.
    ///
    /// # Errors
    /// [`EngineError::File`], [`EngineError::NotAFile`], [`EngineError::NotAKey`],
    /// [`EngineError::OtherVersion`], or [`EngineError::Damaged`] with the section's name.
    pub fn load(path: &Path) -> Result<Self, EngineError> {
        let file = |source| EngineError::File {
            path: path.into(),
            source,
        };
        // Before it is opened: that would wait for whoever writes to a pipe.
        if !std::fs::metadata(path).map_err(file)?.is_file() {
            return Err(EngineError::NotAFile { path: path.into() });
        }
        let opened = File::open(path).map_err(file)?;
        // SAFETY: the bytes are plain data, checked and copied or read as numbers; that
        // nobody changes the file meanwhile is asked of the caller.
        #[allow(unsafe_code)]
        let mapped = unsafe { Mmap::map(&opened) }.map_err(file)?;
        Sections::of(Arc::new(mapped), path)?.key()
    }

    fn write(&self, file: &File) -> std::io::Result<()> {
        let sections = self.sections();
        let digests: Vec<_> = sections
            .par_iter()
            .map(|section| Sha256::digest(&**section))
            .collect();
        let mut table = Vec::with_capacity(ROW * SECTIONS.len());
        let mut offset = HEADER;
        for (section, digest) in sections.iter().zip(digests) {
            offset = offset.next_multiple_of(ALIGNMENT);
            table.extend_from_slice(&(offset as u64).to_le_bytes());
            table.extend_from_slice(&(section.len() as u64).to_le_bytes());
            table.extend_from_slice(&digest);
            offset += section.len();
        }
        let mut out = BufWriter::new(file);
        out.write_all(MAGIC)?;
        out.write_all(&[VERSION])?;
        out.write_all(&Sha256::digest(&table))?;
        out.write_all(&table)?;
        let mut written = HEADER;
        for section in sections {
            let padding = written.next_multiple_of(ALIGNMENT) - written;
            out.write_all(&[0; ALIGNMENT][..padding])?;
            out.write_all(&section)?;
            written += padding + section.len();
        }
        out.flush()?;
        file.sync_all()
    }

    fn sections(&self) -> [Cow<'_, [u8]>; SECTIONS.len()] {
        let (shape, queries) = (&self.shape, &self.queries);
        let counts = [shape.public, shape.private, shape.committed].map(|count| count as u64);
        [
            bytemuck::cast_slice(&counts).to_vec().into(),
            shape
                .coefficients
                .iter()
                .flat_map(Scalar::to_bytes)
                .collect::<Vec<_>>()
                .into(),
            bytes(&shape.a.ends),
            bytes(&shape.a.entries),
            bytes(&shape.b.ends),
            bytes(&shape.b.entries),
            bytes(&shape.c.ends),
            bytes(&shape.c.entries),
            self.singles.to_bytes().into(),
            bytes(&queries.a),
            bytes(&queries.b_g1),
            bytes(&queries.b_g2),
            bytes(&queries.l),
            bytes(&queries.h),
            bytes(&self.powers),
        ]
    }
}

/// Bytes of the file of a circuit's key, without making the key.
///
/// # Errors
/// Those of [`setup`](crate::setup) for a circuit that it can't use.
pub fn key_bytes<C: StagedCircuit>(circuit: C) -> Result<u64, EngineError> {
    let shape = Shape::of(circuit)?;
    let wires = shape.wires();
    let matrix = |matrix: &Matrix| {
        let (rows, entries) = (matrix.ends.len(), matrix.entries.len());
        [rows * size_of::<u32>(), entries * size_of::<Entry>()]
    };
    let in_g1 = |points: usize| points * size_of::<PointOf<G1>>();
    let a_wires = shape.a.wires(wires).len();
    let b_wires = shape.b.wires(wires).len();
    let [[a_rows, a], [b_rows, b], [c_rows, c]] = [&shape.a, &shape.b, &shape.c].map(matrix);
    let sections: [usize; SECTIONS.len()] = [
        3 * size_of::<u64>(),
        shape.coefficients.len() * size_of::<Scalar>(),
        a_rows,
        a,
        b_rows,
        b,
        c_rows,
        c,
        Singles::len(shape.is_challenged()),
        in_g1(a_wires),
        in_g1(b_wires),
        b_wires * size_of::<PointOf<G2>>(),
        in_g1(shape.private),
        in_g1(shape.domain()),
        in_g1(shape.domain() + 1),
    ];
    let end = sections.iter().fold(HEADER, |end, section| {
        end.next_multiple_of(ALIGNMENT) + section
    });
    Ok(end as u64)
}

fn bytes<T: Pod>(elements: &[T]) -> Cow<'_, [u8]> {
    bytemuck::cast_slice(elements).into()
}

/// The sections of a mapped file, to be taken in their order.
struct Sections<'a> {
    file: Arc<Mmap>,
    path: &'a Path,
    ranges: Vec<Range<usize>>,
    taken: usize,
}

impl<'a> Sections<'a> {
    /// Reads the table and compares all checksums.
    fn of(file: Arc<Mmap>, path: &'a Path) -> Result<Self, EngineError> {
        let not_a_key = || EngineError::NotAKey { path: path.into() };
        let damaged = |section| EngineError::Damaged {
            path: path.into(),
            section,
        };
        let header = file.get(..HEADER).ok_or_else(not_a_key)?;
        let (name, rest) = header.split_at(MAGIC.len() + 1);
        match name.strip_prefix(MAGIC) {
            Some(&[VERSION]) => {}
            Some(&[found]) => {
                let path = path.into();
                return Err(EngineError::OtherVersion { path, found });
            }
            _ => return Err(not_a_key()),
        }
        let (checksum, table) = rest.split_at(32);
        if Sha256::digest(table)[..] != *checksum {
            return Err(damaged("table of sections"));
        }
        let (rows, _) = table.as_chunks::<ROW>();
        let range = |row: &[u8; ROW]| {
            let number = |at: usize| {
                let (numbers, _) = row.as_chunks::<8>();
                usize::try_from(u64::from_le_bytes(numbers[at])).ok()
            };
            let (start, length) = (number(0)?, number(1)?);
            let range = start..start.checked_add(length)?;
            (Sha256::digest(file.get(range.clone())?)[..] == row[16..]).then_some(range)
        };
        let ranges: Vec<Option<Range<usize>>> = rows.par_iter().map(range).collect();
        let ranges = ranges.into_iter().zip(SECTIONS);
        let ranges = ranges.map(|(range, name)| range.ok_or_else(|| damaged(name)));
        Ok(Self {
            ranges: ranges.collect::<Result<_, _>>()?,
            file,
            path,
            taken: 0,
        })
    }

    /// The section that was taken last is damaged.
    fn damaged(&self) -> EngineError {
        let last = self.taken.saturating_sub(1);
        EngineError::Damaged {
            path: self.path.into(),
            section: SECTIONS[last],
        }
    }

    /// The next section.
    fn take<T: Pod>(&mut self) -> Result<Array<T>, EngineError> {
        let range = self.ranges.get(self.taken).cloned().unwrap_or(0..0);
        self.taken += 1;
        Array::mapped(&self.file, range).ok_or_else(|| self.damaged())
    }

    fn matrix(&mut self, wires: usize, coefficients: usize) -> Result<Matrix, EngineError> {
        let matrix = Matrix {
            ends: self.take()?,
            entries: self.take()?,
        };
        match matrix.is_well_formed(wires, coefficients) {
            true => Ok(matrix),
            false => Err(self.damaged()),
        }
    }

    fn shape(&mut self) -> Result<Shape, EngineError> {
        let counts = self.take::<u64>()?;
        let counts: Option<Vec<usize>> = counts.iter().map(|&n| usize::try_from(n).ok()).collect();
        let Some(&[public @ 2, private, committed]) = counts.as_deref() else {
            return Err(self.damaged());
        };
        let wires = public.checked_add(private).ok_or_else(|| self.damaged())?;
        let coefficients: Option<Vec<Scalar>> = self
            .take::<[u8; 32]>()?
            .iter()
            .map(|bytes| Scalar::from_bytes(bytes).into())
            .collect();
        let coefficients = coefficients.ok_or_else(|| self.damaged())?;
        let mut matrix = || self.matrix(wires, coefficients.len());
        let (a, b, c) = (matrix()?, matrix()?, matrix()?);
        let shape = Shape {
            public,
            private,
            committed,
            coefficients,
            a,
            b,
            c,
        };
        match shape.is_consistent() {
            true => Ok(shape),
            false => Err(self.damaged()),
        }
    }

    fn key(mut self) -> Result<ProvingKey, EngineError> {
        let shape = self.shape()?;
        let singles = Singles::from_bytes(&self.take()?).ok_or_else(|| self.damaged())?;
        let queries = Queries {
            a: self.take()?,
            b_g1: self.take()?,
            b_g2: self.take()?,
            l: self.take()?,
            h: self.take()?,
        };
        let powers = self.take()?;
        ProvingKey::new(shape, singles, queries, powers)
    }
}

impl Singles {
    /// Bytes of the encoding: five points of each group, and epsilon in both.
    fn len(has_epsilon: bool) -> usize {
        (5 + usize::from(has_epsilon)) * (96 + 192)
    }

    fn to_bytes(self) -> Vec<u8> {
        let one = [
            self.alpha_g1,
            self.beta_g1,
            self.delta_g1,
            self.ic[0],
            self.ic[1],
        ];
        let two = [
            self.beta_g2,
            self.gamma_g2,
            self.delta_g2,
            self.tau_g2,
            self.tau_n_g2,
        ];
        let one = one
            .into_iter()
            .chain(self.epsilon.map(|epsilon| epsilon.g1));
        let two = two
            .into_iter()
            .chain(self.epsilon.map(|epsilon| epsilon.g2));
        let one = one.flat_map(|point| point.to_uncompressed());
        one.chain(two.flat_map(|point| point.to_uncompressed()))
            .collect()
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let has_epsilon = bytes.len() == Self::len(true);
        if bytes.len() != Self::len(has_epsilon) {
            return None;
        }
        let points = 5 + usize::from(has_epsilon);
        let (one, two) = bytes.split_at(points * 96);
        let (one, two) = (one.as_chunks::<96>().0, two.as_chunks::<192>().0);
        let one = |i: usize| Option::<G1Affine>::from(G1Affine::from_uncompressed(&one[i]));
        let two = |i: usize| Option::<G2Affine>::from(G2Affine::from_uncompressed(&two[i]));
        Some(Self {
            alpha_g1: one(0)?,
            beta_g1: one(1)?,
            delta_g1: one(2)?,
            ic: [one(3)?, one(4)?],
            beta_g2: two(0)?,
            gamma_g2: two(1)?,
            delta_g2: two(2)?,
            tau_g2: two(3)?,
            tau_n_g2: two(4)?,
            epsilon: match has_epsilon {
                true => Some(Epsilon {
                    g1: one(5)?,
                    g2: two(5)?,
                }),
                false => None,
            },
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::prove::tests::Product;

    fn saved() -> (tempfile::TempDir, std::path::PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("proving.key");
        crate::setup(Product::default())
            .unwrap()
            .save(&path)
            .unwrap();
        (folder, path)
    }

    fn damaged_section(path: &Path) -> &'static str {
        match ProvingKey::load(path) {
            Err(EngineError::Damaged { section, .. }) => section,
            Err(EngineError::NotAKey { .. }) => "header",
            Err(EngineError::OtherVersion { .. }) => "version",
            _ => "",
        }
    }

    #[test]
    fn a_key_reads_back_and_proves() {
        let (_folder, path) = saved();
        let key = ProvingKey::load(&path).unwrap();
        let proof = crate::prove(&key, Product::of(6, 7)).unwrap();
        let verifying = assay_groth16::PreparedVerifyingKey::from(key.verifying_key());
        assay_groth16::verify_native(&verifying, &Scalar::from(42), &proof).unwrap();
    }

    #[test]
    fn every_changed_byte_is_found_in_its_section() {
        let (_folder, path) = saved();
        let bytes = std::fs::read(&path).unwrap();
        let change = |at: usize| {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            std::fs::write(&path, changed).unwrap();
            damaged_section(&path)
        };
        assert_eq!(change(0), "header");
        assert_eq!(change(MAGIC.len()), "version");
        assert_eq!(change(TABLE - 1), "table of sections");
        assert_eq!(change(TABLE), "table of sections");
        for (index, name) in SECTIONS.iter().enumerate() {
            let row = TABLE + ROW * index;
            let (offset, _) = bytes[row..].split_first_chunk().unwrap();
            let offset = u64::from_le_bytes(*offset) as usize;
            assert_eq!(change(offset), *name);
        }
        assert_eq!(change(bytes.len() - 1), "powers");
    }

    #[test]
    fn what_is_no_regular_file_is_refused() {
        let (folder, _) = saved();
        for path in [folder.path(), Path::new("/dev/zero")] {
            let refused = ProvingKey::load(path);
            assert!(matches!(refused, Err(EngineError::NotAFile { .. })));
        }
    }

    #[test]
    fn the_files_length_is_known_before_the_setup() {
        let (_folder, path) = saved();
        let length = std::fs::metadata(&path).unwrap().len();
        assert_eq!(key_bytes(Product::default()).unwrap(), length);
    }

    #[test]
    fn a_shortened_key_is_refused() {
        let (_folder, path) = saved();
        let bytes = std::fs::read(&path).unwrap();
        std::fs::write(&path, &bytes[..bytes.len() - 1]).unwrap();
        assert_eq!(damaged_section(&path), "powers");
        std::fs::write(&path, &bytes[..HEADER - 1]).unwrap();
        assert_eq!(damaged_section(&path), "header");
        std::fs::write(&path, b"").unwrap();
        assert!(ProvingKey::load(&path).is_err());
    }
}
