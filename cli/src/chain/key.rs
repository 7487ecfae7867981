//! Who signs: a mnemonic from a file or the environment, or a key file that a passphrase
//! opens. Never from the command line, which other users of a machine can read.

use std::io::{Read, Write};
use std::path::Path;

use age::secrecy::SecretString;
use assay_client::Account;
use zeroize::Zeroizing;

use crate::Error;
use crate::artefact::file::{self, Access, PendingFile};

/// The environment's mnemonic.
const MNEMONIC: &str = "ASSAY_MNEMONIC";
/// The environment's passphrase.
const PASSPHRASE: &str = "ASSAY_PASSPHRASE";
/// What files encrypted by age begin with.
const AGE: &[u8] = b"age-encryption.org/v1";
const MAX_BYTES: u64 = 1 << 16;

/// The account of the key in `path`, or of the environment's mnemonic.
///
/// # Errors
/// [`Error::NoKey`] if neither is there, [`Error::KeyAccess`] for a mnemonic that others can
/// read, or another [`Error`] if it isn't one.
pub fn account(path: Option<&Path>, prefix: &str) -> Result<Account, Error> {
    let mnemonic = match path {
        Some(path) => read(path)?,
        None => Zeroizing::new(std::env::var(MNEMONIC).map_err(|_| Error::NoKey)?),
    };
    Ok(Account::from_mnemonic(&mnemonic, prefix)?)
}

/// The mnemonic in a file.
///
/// # Errors
/// As [`account`].
pub fn read(path: &Path) -> Result<Zeroizing<String>, Error> {
    let bytes = Zeroizing::new(file::read(path, "a key", MAX_BYTES)?);
    let text = if bytes.starts_with(AGE) {
        let passphrase = passphrase(&format!("passphrase of {}", path.display()))?;
        decrypt(path, &bytes, passphrase)?
    } else {
        expect_private(path)?;
        bytes
    };
    // What is wrong with it is never quoted.
    let text = std::str::from_utf8(&text).map_err(|_| assay_client::Error::Mnemonic)?;
    Ok(Zeroizing::new(text.to_owned()))
}

/// Writes a mnemonic to a file that a passphrase opens.
///
/// # Errors
/// [`Error::Exists`], [`Error::Write`], or [`Error::NoPassphrase`].
pub fn write(path: &Path, mnemonic: &str) -> Result<(), Error> {
    let pending = PendingFile::create(path, Access::Private)?;
    let passphrase = new_passphrase()?;
    let failed = |error: std::io::Error| Error::write(path)(error);
    let encryptor = age::Encryptor::with_user_passphrase(passphrase);
    let mut encrypted = Vec::new();
    let mut writer = encryptor.wrap_output(&mut encrypted).map_err(failed)?;
    writer.write_all(mnemonic.as_bytes()).map_err(failed)?;
    writer.finish().map_err(failed)?;
    pending.finish(&encrypted)
}

fn decrypt(
    path: &Path,
    bytes: &[u8],
    passphrase: SecretString,
) -> Result<Zeroizing<Vec<u8>>, Error> {
    let locked = |error: age::DecryptError| Error::Locked {
        path: path.into(),
        reason: error.to_string(),
    };
    let decryptor = age::Decryptor::new(bytes).map_err(locked)?;
    let identity = age::scrypt::Identity::new(passphrase);
    let identities = std::iter::once(&identity as &dyn age::Identity);
    let mut reader = decryptor.decrypt(identities).map_err(locked)?;
    let mut text = Zeroizing::new(Vec::new());
    reader.read_to_end(&mut text).map_err(Error::read(path))?;
    Ok(text)
}

/// The environment's passphrase, or what is typed.
fn passphrase(prompt: &str) -> Result<SecretString, Error> {
    if let Ok(passphrase) = std::env::var(PASSPHRASE) {
        return Ok(SecretString::from(passphrase));
    }
    let typed = rpassword::prompt_password(format!("{prompt}: "));
    typed
        .map(SecretString::from)
        .map_err(|_| Error::NoPassphrase)
}

/// A passphrase for a new file: the environment's, or what is typed twice.
fn new_passphrase() -> Result<SecretString, Error> {
    use age::secrecy::ExposeSecret;
    let first = passphrase("new passphrase")?;
    if first.expose_secret().is_empty() {
        return Err(Error::NoPassphrase);
    }
    if std::env::var_os(PASSPHRASE).is_none() {
        let again = passphrase("the same again")?;
        if again.expose_secret() != first.expose_secret() {
            return Err(Error::Mismatch("the passphrases differ: try again".into()));
        }
    }
    Ok(first)
}

/// Refuses a mnemonic that others than its owner can read.
#[cfg(unix)]
fn expect_private(path: &Path) -> Result<(), Error> {
    use std::os::unix::fs::PermissionsExt;
    let metadata = std::fs::metadata(path).map_err(Error::read(path))?;
    match metadata.permissions().mode() & 0o077 {
        0 => Ok(()),
        _ => Err(Error::KeyAccess { path: path.into() }),
    }
}

#[cfg(not(unix))]
fn expect_private(_: &Path) -> Result<(), Error> {
    Ok(())
}
