//! Data on its way from its owner to a worker: a dataset's folder as one file that only the
//! worker's key opens, in the format of age. Who carries it there can't read or change it.

use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;

use age::secrecy::ExposeSecret;
use age::x25519::{Identity, Recipient};

use super::Session;
use crate::Error;
use crate::artefact::dataset::FILES;
use crate::artefact::file::{self, Access, PendingFile, PendingFolder};

const MAX_KEY_BYTES: u64 = 1 << 12;

/// What age and tar add to a dataset's files, at most a fraction of them.
const OVERHEAD_BYTES: u64 = 1 << 20;

/// The most bytes that are taken from somebody else for a dataset.
pub fn max_bytes() -> u64 {
    let files: u64 = FILES.iter().map(|(_, most)| most).sum();
    files + files / 64 + OVERHEAD_BYTES
}

/// The key that data for this account is encrypted to, made on the first use.
///
/// # Errors
/// [`Error`] if it can't be read or kept.
pub fn identity(session: &Session) -> Result<Identity, Error> {
    let folder = session.state_folder()?.join("hand-over");
    std::fs::create_dir_all(&folder).map_err(Error::write(&folder))?;
    let path = folder.join(format!("{}.key", session.address()?));
    if path.exists() {
        let text = file::read(&path, "a key", MAX_KEY_BYTES)?;
        let text = String::from_utf8_lossy(&text);
        // What is wrong with it is never quoted.
        return text
            .trim()
            .parse()
            .map_err(|_| Error::damaged(&path, "not a key of age"));
    }
    let identity = Identity::generate();
    let text = identity.to_string();
    PendingFile::create(&path, Access::Private)?.finish(text.expose_secret().as_bytes())?;
    Ok(identity)
}

/// The key that a worker has published.
///
/// # Errors
/// [`Error::Refused`] for what is none.
pub fn recipient(published: &str) -> Result<Recipient, Error> {
    published
        .parse()
        .map_err(|_| Error::Refused(format!("the worker's key {published:?} isn't one of age")))
}

/// Writes the dataset in `folder` to `output`, encrypted to `recipient`.
///
/// # Errors
/// [`Error::Read`] or [`Error::Write`].
pub fn encrypt(folder: &Path, recipient: &Recipient, output: &Path) -> Result<(), Error> {
    let failed = |error: std::io::Error| Error::write(output)(error);
    let recipients = std::iter::once(recipient as &dyn age::Recipient);
    let encryptor = age::Encryptor::with_recipients(recipients)
        .map_err(|error| Error::Refused(error.to_string()))?;
    let file = tempfile::NamedTempFile::new_in(output.parent().unwrap_or(Path::new(".")));
    let file = file.map_err(failed)?;
    let writer = encryptor.wrap_output(&file).map_err(failed)?;
    let mut archive = tar::Builder::new(writer);
    for (name, _) in FILES {
        let path = folder.join(name);
        let mut content = File::open(&path).map_err(Error::read(&path))?;
        archive.append_file(name, &mut content).map_err(failed)?;
    }
    let writer = archive.into_inner().map_err(failed)?;
    writer
        .finish()
        .and_then(|mut w| w.flush())
        .map_err(failed)?;
    file.persist(output).map_err(|error| failed(error.error))?;
    Ok(())
}

/// Unpacks what was handed over for `identity` into a folder that has no name yet.
///
/// # Errors
/// [`Error::Locked`] for what isn't for this key or was changed on the way; [`Error::Refused`]
/// for what isn't a dataset.
pub fn decrypt(path: &Path, identity: &Identity, folder: &PendingFolder) -> Result<(), Error> {
    let locked = |error: age::DecryptError| Error::Locked {
        path: path.into(),
        reason: error.to_string(),
    };
    let file = File::open(path).map_err(Error::read(path))?;
    let decryptor = age::Decryptor::new_buffered(std::io::BufReader::new(file)).map_err(locked)?;
    let identities = std::iter::once(identity as &dyn age::Identity);
    let reader = decryptor.decrypt(identities).map_err(locked)?;
    unpack(path, reader, folder)
}

/// Unpacks the three files of a dataset, each once, and nothing else.
fn unpack(path: &Path, reader: impl Read, folder: &PendingFolder) -> Result<(), Error> {
    let broken = |error: std::io::Error| Error::damaged(path, error);
    let mut archive = tar::Archive::new(reader);
    let mut missing = Vec::from(FILES);
    for entry in archive.entries().map_err(broken)? {
        let mut entry = entry.map_err(broken)?;
        let name = entry.path().map_err(broken)?.into_owned();
        let Some(at) = missing
            .iter()
            .position(|(known, _)| Path::new(known) == name)
        else {
            return Err(Error::damaged(
                path,
                "it holds something that isn't a dataset's",
            ));
        };
        let (name, most) = missing.swap_remove(at);
        if !entry.header().entry_type().is_file() || entry.size() > most {
            return Err(Error::damaged(
                path,
                "one of its files isn't one, or is too large",
            ));
        }
        let target = folder.join(name);
        let pending = PendingFile::create(&target, Access::Private)?;
        let mut content = Vec::new();
        let mut limited = (&mut entry).take(most);
        limited.read_to_end(&mut content).map_err(broken)?;
        pending.finish(&content)?;
    }
    match missing.first() {
        Some((name, _)) => Err(Error::damaged(path, format!("it lacks {name}"))),
        None => Ok(()),
    }
}
