//! The memory that this process uses, by Linux's account of it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::Error;

/// How often anonymous memory is looked at: the kernel keeps no peak of it.
const SAMPLE_EVERY: Duration = Duration::from_millis(2);

/// The most memory used between two points of a process's life.
pub(crate) struct Peak {
    /// Resident bytes, pages of mapped files included: the peak that the kernel keeps.
    pub(crate) resident: u64,
    /// Bytes that no file backs. Sampled.
    pub(crate) anonymous: u64,
}

/// Follows this process's memory from its start on.
pub(crate) struct Watch {
    stop: Arc<AtomicBool>,
    sampler: JoinHandle<std::io::Result<u64>>,
}

impl Watch {
    /// Forgets what was used before.
    pub(crate) fn start() -> Result<Self, Error> {
        std::fs::write("/proc/self/clear_refs", "5").map_err(Error::Memory)?;
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let sampler = std::thread::spawn(move || {
            let mut peak = status("RssAnon")?;
            while !stopped.load(Ordering::Relaxed) {
                std::thread::sleep(SAMPLE_EVERY);
                peak = peak.max(status("RssAnon")?);
            }
            Ok(peak)
        });
        Ok(Self { stop, sampler })
    }

    pub(crate) fn stop(self) -> Result<Peak, Error> {
        let resident = status("VmHWM").map_err(Error::Memory)?;
        self.stop.store(true, Ordering::Relaxed);
        let sampled = self.sampler.join();
        let sampled = sampled.unwrap_or_else(|_| Err(std::io::Error::other("the sampler died")));
        Ok(Peak {
            resident,
            anonymous: sampled.map_err(Error::Memory)?,
        })
    }
}

/// A figure of the kernel's status of this process, in bytes.
fn status(name: &str) -> std::io::Result<u64> {
    let text = std::fs::read_to_string("/proc/self/status")?;
    let figure = text.lines().find_map(|line| line.strip_prefix(name));
    let kibibytes =
        figure.and_then(|figure| figure.trim_matches([':', ' ', '\t', 'k', 'B']).parse().ok());
    let missing = || std::io::Error::other(format!("no {name} in the process's status"));
    kibibytes
        .map(|kibibytes: u64| 1024 * kibibytes)
        .ok_or_else(missing)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn memory_used_meanwhile_counts_and_memory_used_before_does_not() {
        const BYTES: usize = 64 << 20;
        drop(std::hint::black_box(vec![1u8; 2 * BYTES]));
        let before = status("RssAnon").unwrap();
        let watch = Watch::start().unwrap();
        let held = std::hint::black_box(vec![1u8; BYTES]);
        std::thread::sleep(10 * SAMPLE_EVERY);
        drop(held);
        let peak = watch.stop().unwrap();
        let used = before + BYTES as u64..before + (BYTES as u64) * 3 / 2;
        assert!(used.contains(&peak.anonymous));
        assert!(peak.resident >= peak.anonymous);
    }
}
