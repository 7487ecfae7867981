//! What a library must be able to do to take part.

use std::path::Path;

use crate::Instance;

/// Whatever a library has to say when it fails.
pub type ProverError = Box<dyn std::error::Error>;

/// A Groth16 prover over BLS12-381.
pub trait Prover {
    /// Its name in the report.
    const NAME: &'static str;
    /// An element of the scalar field.
    type Scalar: Copy;
    /// What proving needs besides the witness.
    type Key;
    /// What verifying needs besides the public input, prepared for many proofs.
    type Verifier;
    /// A proof.
    type Proof;

    /// An element from its canonical little-endian bytes.
    fn scalar(bytes: &[u8; 32]) -> Option<Self::Scalar>;

    /// Makes a key for the instance's constraints.
    ///
    /// # Errors
    /// Those of the library.
    fn setup(instance: &Instance<Self::Scalar>) -> Result<Self::Key, ProverError>;

    /// Writes a key, its points uncompressed.
    ///
    /// # Errors
    /// Those of the library.
    fn save(key: &Self::Key, path: &Path) -> Result<(), ProverError>;

    /// Reads a key of one's own, without checking its points.
    ///
    /// # Errors
    /// Those of the library.
    fn load(path: &Path) -> Result<Self::Key, ProverError>;

    /// Proves that the instance's witness satisfies it.
    ///
    /// # Errors
    /// Those of the library.
    fn prove(
        key: &Self::Key,
        instance: &Instance<Self::Scalar>,
    ) -> Result<Self::Proof, ProverError>;

    /// Prepares the key's verifying part.
    fn verifier(key: &Self::Key) -> Self::Verifier;

    /// Verifies a proof.
    ///
    /// # Errors
    /// Those of the library, a proof that doesn't hold among them.
    fn verify(
        verifier: &Self::Verifier,
        public_input: Self::Scalar,
        proof: &Self::Proof,
    ) -> Result<(), ProverError>;
}
