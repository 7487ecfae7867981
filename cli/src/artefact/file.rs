//! Files read with a limit, and files and folders written whole or not at all.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tempfile::{NamedTempFile, TempDir};

use crate::Error;

/// Who may read a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Whoever the system's defaults let.
    Public,
    /// Its owner only.
    Private,
}

/// What to remove if the process is interrupted.
static PENDING: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// The exit code of a process that was interrupted, as shells have it.
const INTERRUPTED: i32 = 130;

/// From now on an interrupt removes what isn't finished, and ends the process.
///
/// # Errors
/// The system's, if it has no such signals.
pub fn remove_pending_on_interrupt() -> Result<(), ctrlc::Error> {
    ctrlc::set_handler(|| {
        for path in PENDING
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .iter()
        {
            // What can't be removed is left: the process ends in any case.
            fs::remove_file(path)
                .or_else(|_| fs::remove_dir_all(path))
                .ok();
        }
        std::process::exit(INTERRUPTED)
    })
}

/// A temporary file or folder that an interrupt removes, until this is dropped.
#[derive(Debug)]
struct Registered(PathBuf);

impl Registered {
    fn new(path: &Path) -> Self {
        PENDING
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(path.into());
        Self(path.into())
    }
}

impl Drop for Registered {
    fn drop(&mut self) {
        PENDING
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&self.0);
    }
}

/// Reads a file of at most `max` bytes; `expected` names what it should be.
///
/// # Errors
/// [`Error::Read`] or [`Error::TooLarge`].
pub fn read(path: &Path, expected: &'static str, max: u64) -> Result<Vec<u8>, Error> {
    let file = File::open(path).map_err(Error::read(path))?;
    let mut bytes = Vec::new();
    file.take(max.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(Error::read(path))?;
    if bytes.len() as u64 > max {
        return Err(Error::TooLarge {
            path: path.into(),
            expected,
            max,
        });
    }
    Ok(bytes)
}

/// A file that doesn't exist before [`finish`](Self::finish), not even under a temporary
/// name. Made before the work whose result it takes, so that a folder that can't be written
/// is found first.
#[derive(Debug)]
pub struct PendingFile {
    target: PathBuf,
    access: Access,
}

impl PendingFile {
    /// Begins a file whose folder can be written, and which must not exist: nothing is
    /// overwritten.
    ///
    /// # Errors
    /// [`Error::Exists`] or [`Error::Write`].
    pub fn create(target: &Path, access: Access) -> Result<Self, Error> {
        if fs::symlink_metadata(target).is_ok() {
            return Err(Error::Exists {
                path: target.into(),
            });
        }
        let file = Self {
            target: target.into(),
            access,
        };
        // A process that is killed while it works leaves nothing behind.
        drop(file.temporary()?);
        Ok(file)
    }

    fn temporary(&self) -> Result<NamedTempFile, Error> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(".assay-");
        if let Some(permissions) = permissions(self.access) {
            builder.permissions(permissions);
        }
        let temporary = builder.tempfile_in(folder_of(&self.target));
        temporary.map_err(Error::write(&self.target))
    }

    /// Writes the content and gives the file its name.
    ///
    /// # Errors
    /// [`Error::Write`].
    pub fn finish(self, content: &[u8]) -> Result<(), Error> {
        let mut temporary = self.temporary()?;
        let registered = Registered::new(temporary.path());
        let written = temporary.write_all(content);
        written
            .and_then(|()| temporary.as_file().sync_all())
            .map_err(Error::write(&self.target))?;
        let kept = temporary.persist_noclobber(&self.target);
        kept.map_err(|error| Error::write(&self.target)(error.error))?;
        drop(registered);
        Ok(())
    }
}

/// A folder that doesn't exist under its name before [`finish`](Self::finish).
#[derive(Debug)]
pub struct PendingFolder {
    temporary: TempDir,
    registered: Registered,
    target: PathBuf,
}

impl PendingFolder {
    /// Begins a folder beside its target, which must not exist or be empty.
    ///
    /// # Errors
    /// [`Error::Exists`] or [`Error::Write`].
    pub fn create(target: &Path) -> Result<Self, Error> {
        if !is_free(target) {
            return Err(Error::Exists {
                path: target.into(),
            });
        }
        let mut builder = tempfile::Builder::new();
        builder.prefix(".assay-");
        let temporary = builder
            .tempdir_in(folder_of(target))
            .map_err(Error::write(target))?;
        Ok(Self {
            registered: Registered::new(temporary.path()),
            temporary,
            target: target.into(),
        })
    }

    /// Where the folder is for now.
    pub fn path(&self) -> &Path {
        self.temporary.path()
    }

    /// Where a file of the folder goes for now.
    pub fn join(&self, name: &str) -> PathBuf {
        self.temporary.path().join(name)
    }

    /// Gives the folder its name.
    ///
    /// # Errors
    /// [`Error::Write`].
    pub fn finish(self) -> Result<(), Error> {
        let written = fs::rename(self.temporary.path(), &self.target);
        written.map_err(Error::write(&self.target))?;
        // Nothing is left under the temporary name that could be deleted.
        drop(self.temporary.keep());
        drop(self.registered);
        Ok(())
    }
}

/// Whether a folder can be made under this name without losing anything.
fn is_free(path: &Path) -> bool {
    match fs::read_dir(path) {
        Ok(mut entries) => entries.next().is_none(),
        Err(_) => fs::symlink_metadata(path).is_err(),
    }
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

#[cfg(unix)]
fn permissions(access: Access) -> Option<fs::Permissions> {
    use std::os::unix::fs::PermissionsExt;
    // The system's mask is taken off by itself.
    let mode = match access {
        Access::Public => 0o666,
        Access::Private => 0o600,
    };
    Some(fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn permissions(_: Access) -> Option<fs::Permissions> {
    None
}
