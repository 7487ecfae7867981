//! Proving keys as files: `magic | version | SHA-256 of the body | body`. The body is the
//! number of powers, the powers of tau in G1 and tau in G2, uncompressed, then the queries as
//! the crate `groth16` writes them.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::sync::Arc;

use bls12_381::{G1Affine, G2Affine};
use groth16::Parameters;
use sha2::{Digest, Sha256};

use crate::key::Powers;
use crate::{EngineError, ProvingKey};

/// Version of the file format.
pub(crate) const VERSION: u8 = 2;
const MAGIC: &[u8; 15] = b"assay-provingky";
const HEADER: usize = MAGIC.len() + 1 + 32;

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
        let mut body = self.powers.to_bytes();
        self.parameters.write(&mut body).map_err(file)?;
        let temporary = tempfile::NamedTempFile::new_in(folder).map_err(file)?;
        write(temporary.as_file(), &body).map_err(file)?;
        temporary.persist(path).map_err(|error| file(error.error))?;
        Ok(())
    }

    /// Reads a key and compares its checksum. Whether its points are what a setup makes of
    /// some circuit is for [`check`](crate::check) to say: a key from somebody else needs it.
    ///
    /// # Errors
    /// [`EngineError::File`], [`EngineError::NotAKey`] or [`EngineError::Damaged`].
    pub fn load(path: &Path) -> Result<Self, EngineError> {
        let bytes = std::fs::read(path).map_err(|source| EngineError::File {
            path: path.into(),
            source,
        })?;
        let not_a_key = || EngineError::NotAKey { path: path.into() };
        let damaged = || EngineError::Damaged { path: path.into() };
        let (header, body) = bytes.split_at_checked(HEADER).ok_or_else(not_a_key)?;
        let (name, checksum) = header.split_at(HEADER - 32);
        if name.strip_prefix(MAGIC) != Some(&[VERSION]) {
            return Err(not_a_key());
        }
        if Sha256::digest(body)[..] != *checksum {
            return Err(damaged());
        }
        let (powers, queries) = Powers::split_from(body).ok_or_else(damaged)?;
        Self::new(
            Parameters::read(queries, false).map_err(|_| damaged())?,
            powers,
        )
    }
}

impl Powers {
    fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = (self.g1.len() as u64).to_le_bytes().to_vec();
        for point in self.g1.iter() {
            bytes.extend_from_slice(&point.to_uncompressed());
        }
        bytes.extend_from_slice(&self.tau_g2.to_uncompressed());
        bytes
    }

    fn split_from(bytes: &[u8]) -> Option<(Self, &[u8])> {
        let (count, rest) = bytes.split_first_chunk()?;
        let count = usize::try_from(u64::from_le_bytes(*count)).ok()?;
        let (points, rest) = rest.split_at_checked(count.checked_mul(96)?)?;
        let (points, _) = points.as_chunks::<96>();
        let point = |bytes| Option::from(G1Affine::from_uncompressed_unchecked(bytes));
        let g1 = points.iter().map(point).collect::<Option<Vec<_>>>()?;
        let (tau, rest) = rest.split_first_chunk()?;
        let tau_g2 = Option::from(G2Affine::from_uncompressed_unchecked(tau))?;
        Some((
            Self {
                g1: Arc::new(g1),
                tau_g2,
            },
            rest,
        ))
    }
}

fn write(file: &File, body: &[u8]) -> std::io::Result<()> {
    let mut out = BufWriter::new(file);
    out.write_all(MAGIC)?;
    out.write_all(&[VERSION])?;
    out.write_all(&Sha256::digest(body))?;
    out.write_all(body)?;
    out.flush()?;
    file.sync_all()
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

    #[test]
    fn a_key_reads_back_and_proves() {
        let (_folder, path) = saved();
        let key = ProvingKey::load(&path).unwrap();
        let proof = crate::prove(&key, Product::of(6, 7)).unwrap();
        let verifying = assay_groth16::PreparedVerifyingKey::from(key.verifying_key());
        assay_groth16::verify_native(&verifying, &bls12_381::Scalar::from(42), &proof).unwrap();
    }

    #[test]
    fn a_changed_or_shortened_key_is_refused() {
        let (_folder, path) = saved();
        let bytes = std::fs::read(&path).unwrap();
        let mut changed = bytes.clone();
        changed[HEADER + 50] ^= 1;
        std::fs::write(&path, changed).unwrap();
        assert!(matches!(
            ProvingKey::load(&path),
            Err(EngineError::Damaged { .. })
        ));
        std::fs::write(&path, &bytes[..bytes.len() - 1]).unwrap();
        assert!(matches!(
            ProvingKey::load(&path),
            Err(EngineError::Damaged { .. })
        ));
        std::fs::write(&path, b"assay").unwrap();
        assert!(matches!(
            ProvingKey::load(&path),
            Err(EngineError::NotAKey { .. })
        ));
    }
}
