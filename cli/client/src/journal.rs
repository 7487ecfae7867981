//! What this machine has sent: a file for each transaction, written before it is sent and
//! removed once its result has been used.
//!
//! If the process ends in between, the same command finds the file, and with it the
//! transaction that it sent, instead of sending another. A file is named by what its
//! transaction does, so that a command meets its own. Nothing in it is secret: it is what
//! the chain is sent.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::signing::Signed;
use crate::{Error, Message};

/// The folder with the records of one account on one chain.
#[derive(Clone, Debug)]
pub struct Journal {
    folder: PathBuf,
}

/// The record of a transaction.
#[derive(Debug, Serialize, Deserialize)]
struct Record {
    /// What is broadcast, in hexadecimal.
    transaction: String,
    sequence: u64,
    timeout_height: u64,
}

/// Names a transaction by what it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intent(String);

impl Intent {
    /// The intent of these messages.
    ///
    /// Twice the same messages is the same intent, until the first has been used.
    pub fn of(messages: &[Message]) -> Self {
        let mut hash = Sha256::new();
        for message in messages {
            let text = format!("{message:?}");
            hash.update((text.len() as u64).to_be_bytes());
            hash.update(text);
        }
        Self::hashed(hash)
    }

    /// The intent with this name, which no messages have.
    pub fn named(name: &str) -> Self {
        let mut hash = Sha256::new();
        hash.update(u64::MAX.to_be_bytes());
        hash.update(name);
        Self::hashed(hash)
    }

    fn hashed(hash: Sha256) -> Self {
        let digest = hash.finalize();
        Self(digest[..16].iter().map(|b| format!("{b:02x}")).collect())
    }
}

impl Journal {
    /// The journal of `address` on chain `chain_id`, in a folder for all of them. It is made
    /// where it isn't there.
    ///
    /// # Errors
    /// [`Error::Journal`].
    pub fn open(root: &Path, chain_id: &str, address: &str) -> Result<Self, Error> {
        // A chain's id is anybody's choice, and must not leave the folder.
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
        let chain: String = chain_id
            .chars()
            .map(|c| if is_plain(c) { c } else { '_' })
            .collect();
        let folder = root.join(chain).join(address);
        fs::create_dir_all(&folder).map_err(failed(&folder))?;
        Ok(Self { folder })
    }

    /// Where the records are.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The transaction with this intent that was recorded and not yet used.
    ///
    /// # Errors
    /// [`Error::Journal`], also for a record that is damaged: what it was about may have been
    /// executed.
    pub fn find(&self, intent: &Intent) -> Result<Option<Signed>, Error> {
        let path = self.path(intent);
        let text = match fs::read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(failed(&path)(error)),
        };
        let damaged = |_| {
            failed(&path)(io::Error::other(
                "it is damaged: remove it once you know what became of it",
            ))
        };
        let record: Record = serde_json::from_slice(&text).map_err(damaged)?;
        let bytes = decode(&record.transaction)
            .ok_or_else(|| failed(&path)(io::Error::other("it is damaged")))?;
        Ok(Some(Signed {
            bytes,
            sequence: record.sequence,
            timeout_height: record.timeout_height,
        }))
    }

    /// Records a transaction before it is sent.
    ///
    /// # Errors
    /// [`Error::Journal`]; nothing may be sent then.
    pub fn record(&self, intent: &Intent, signed: &Signed) -> Result<(), Error> {
        let record = Record {
            transaction: signed.bytes.iter().map(|b| format!("{b:02x}")).collect(),
            sequence: signed.sequence,
            timeout_height: signed.timeout_height,
        };
        let path = self.path(intent);
        let text = serde_json::to_vec(&record).map_err(|e| failed(&path)(e.into()))?;
        let written = tempfile::NamedTempFile::new_in(&self.folder).and_then(|mut file| {
            file.write_all(&text)?;
            file.as_file().sync_all()?;
            file.persist(&path)?;
            // The name as well, or a machine that loses power forgets it.
            File::open(&self.folder)?.sync_all()
        });
        written.map_err(failed(&path))
    }

    /// Forgets a transaction: its result has been used, or it can't be executed any more.
    ///
    /// # Errors
    /// [`Error::Journal`].
    pub fn forget(&self, intent: &Intent) -> Result<(), Error> {
        let path = self.path(intent);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(failed(&path)(error)),
            _ => Ok(()),
        }
    }

    /// Keeps other processes from choosing a sequence for this account, until dropped.
    ///
    /// # Errors
    /// [`Error::Journal`].
    pub async fn lock(&self) -> Result<Lock, Error> {
        self.lock_file("lock").await
    }

    /// Keeps other processes from working on an intent, until dropped or the process ends.
    ///
    /// # Errors
    /// [`Error::Journal`].
    pub async fn claim(&self, intent: &Intent) -> Result<Lock, Error> {
        self.lock_file(&format!("{}.lock", intent.0)).await
    }

    async fn lock_file(&self, name: &str) -> Result<Lock, Error> {
        let path = self.folder.join(name);
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(failed(&path))?;
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Lock { _file: file }),
                Err(fs::TryLockError::WouldBlock) => {
                    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
                }
                Err(fs::TryLockError::Error(error)) => return Err(failed(&path)(error)),
            }
        }
    }

    fn path(&self, intent: &Intent) -> PathBuf {
        self.folder.join(format!("{}.json", intent.0))
    }
}

/// What only one process has at a time.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

fn failed(path: &Path) -> impl Fn(io::Error) -> Error {
    move |source| Error::Journal {
        path: path.into(),
        source,
    }
}

fn decode(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    if !digits.len().is_multiple_of(2) {
        return None;
    }
    digits
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn message(text: &str) -> Message {
        Message::execute("contract", &text, &[]).unwrap()
    }

    fn signed() -> Signed {
        Signed {
            bytes: vec![1, 2, 255],
            sequence: 7,
            timeout_height: 9,
        }
    }

    #[test]
    fn a_record_reads_back_until_it_is_forgotten() {
        let root = tempfile::tempdir().unwrap();
        let journal = Journal::open(root.path(), "chain/../x", "me").unwrap();
        let intent = Intent::of(&[message("a")]);
        assert_eq!(journal.find(&intent).unwrap(), None);
        journal.record(&intent, &signed()).unwrap();
        let again = Journal::open(root.path(), "chain/../x", "me").unwrap();
        assert_eq!(again.find(&intent).unwrap(), Some(signed()));
        let other = Journal::open(root.path(), "chain/../x", "you").unwrap();
        assert_eq!(other.find(&intent).unwrap(), None);
        again.forget(&intent).unwrap();
        again.forget(&intent).unwrap();
        assert_eq!(journal.find(&intent).unwrap(), None);
    }

    #[test]
    fn an_intent_is_all_messages_in_order() {
        let of = |messages: &[&str]| {
            let messages: Vec<Message> = messages.iter().map(|m| message(m)).collect();
            Intent::of(&messages)
        };
        assert_eq!(of(&["a", "b"]), of(&["a", "b"]));
        assert_ne!(of(&["a", "b"]), of(&["b", "a"]));
        assert_ne!(of(&["a"]), of(&["a", "a"]));
    }

    #[test]
    fn a_damaged_record_stops_the_command_instead_of_sending_again() {
        let root = tempfile::tempdir().unwrap();
        let journal = Journal::open(root.path(), "chain", "me").unwrap();
        let intent = Intent::of(&[message("a")]);
        for text in [
            "",
            "{}",
            r#"{"transaction":"0","sequence":1,"timeout_height":1}"#,
        ] {
            fs::write(journal.path(&intent), text).unwrap();
            assert!(journal.find(&intent).is_err(), "{text}");
        }
    }
}
