//! `assay dataset fetch`: the data of a slot that was accepted.

use std::fmt;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use assay_engine::Progress as _;
use assay_protocol::id::DatasetCommitment;
use reqwest::header::RANGE;
use reqwest::{StatusCode, Url};
use serde::Serialize;

use crate::Error;
use crate::artefact::dataset::Holding;
use crate::artefact::file::PendingFolder;
use crate::chain::{Session, SignerArgs, hand_over};
use crate::commands::job::slot::{SlotArgs, load};
use crate::output::Report;
use crate::progress::{Progress, Step};

/// How often an interrupted download goes on by itself.
const ATTEMPTS: u32 = 5;

/// As much of a refusal as is shown.
const MAX_REASON: usize = 200;

/// How long nothing may come.
const QUIET: Duration = Duration::from_secs(30);

/// Fetch the data of a slot that you accepted, and check that it is what was committed to.
///
/// What is interrupted goes on where it was. Data that doesn't match the commitment on chain
/// isn't kept: release the slot then, which costs nothing.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  assay dataset fetch 7 --from http://127.0.0.1:8080 -o cells")]
pub struct Args {
    /// Which slot.
    #[command(flatten)]
    pub slot: SlotArgs,
    /// Where the data's owner serves it
    #[arg(long, value_name = "URL")]
    pub from: Url,
    /// The folder to make
    #[arg(short, long, value_name = "DIR")]
    pub output: PathBuf,
    /// Which chain, and who signs.
    #[command(flatten)]
    pub signer: SignerArgs,
}

/// Data that is what was committed to.
#[derive(Debug, Serialize)]
pub struct Fetched {
    commitment: DatasetCommitment,
    rows: u64,
    output: PathBuf,
}

/// Runs the command.
///
/// # Errors
/// [`Error::Fetch`] if it can't be had; [`Error::Refused`] if it isn't what was committed to.
pub fn run(args: &Args, progress: Progress) -> Result<Fetched, Error> {
    let session = Session::sign(&args.signer)?;
    let (job, _) = load(&session, args.slot)?;
    let identity = hand_over::identity(&session)?;
    let folder = PendingFolder::create(&args.output)?;
    let part = args.part();
    let step = progress.step("fetching");
    args.download(&session, &part, &step)?;
    drop(step);
    let _step = progress.step("checking the data");
    let unpacked = hand_over::decrypt(&part, &identity, &folder);
    // Whatever is wrong with it, its rest won't help.
    fs::remove_file(&part).map_err(Error::write(&part))?;
    unpacked?;
    let holding = Holding::read(folder.path())?;
    holding.check_against(&job.terms.commitment)?;
    folder.finish()?;
    Ok(Fetched {
        commitment: job.terms.commitment,
        rows: holding.registration.rows,
        output: args.output.clone(),
    })
}

impl Args {
    /// Where a download is kept while it isn't whole.
    fn part(&self) -> PathBuf {
        let mut name = self.output.as_os_str().to_owned();
        name.push(format!(".job-{}-{}.part", self.slot.job, self.slot.slot));
        name.into()
    }

    fn url(&self) -> Result<Url, Error> {
        let path = format!("job/{}/slot/{}", self.slot.job, self.slot.slot);
        let mut base = self.from.clone();
        if !base.path().ends_with('/') {
            base.set_path(&format!("{}/", base.path()));
        }
        base.join(&path).map_err(|error| self.failed(error))
    }

    fn failed(&self, reason: impl ToString) -> Error {
        Error::Fetch {
            from: self.from.to_string(),
            reason: reason.to_string(),
        }
    }

    fn download(&self, session: &Session, part: &Path, step: &Step) -> Result<(), Error> {
        let mut last = None;
        for _ in 0..ATTEMPTS {
            match session.block_on(self.go_on(part, step)) {
                Ok(()) => return Ok(()),
                Err(Ended::Refused(reason)) => return Err(self.failed(reason)),
                Err(Ended::Interrupted(error)) => last = Some(error),
            }
        }
        Err(last.unwrap_or_else(|| self.failed("nothing came")))
    }

    /// Asks for what is missing and appends it.
    async fn go_on(&self, part: &Path, step: &Step) -> Result<(), Ended> {
        let interrupted = |error: reqwest::Error| Ended::Interrupted(self.failed(error));
        let written = |error| Ended::Interrupted(Error::write(part)(error));
        let url = self.url().map_err(Ended::Interrupted)?;
        let have = fs::metadata(part).map_or(0, |found| found.len());
        let client = reqwest::Client::builder().read_timeout(QUIET);
        let request = client.build().map_err(interrupted)?.get(url);
        let request = request.header(RANGE, format!("bytes={have}-"));
        let mut response = request.send().await.map_err(interrupted)?;
        let mut file = OpenOptions::new();
        let mut file = match response.status() {
            StatusCode::PARTIAL_CONTENT => file.append(true).create(true),
            StatusCode::OK => file.write(true).create(true).truncate(true),
            // Nothing is missing.
            StatusCode::RANGE_NOT_SATISFIABLE if have > 0 => return Ok(()),
            status => {
                let why = response.chunk().await.ok().flatten().unwrap_or_default();
                let why = String::from_utf8_lossy(&why[..why.len().min(MAX_REASON)]).into_owned();
                return Err(Ended::Refused(format!("{status}: {why}")));
            }
        }
        .open(part)
        .map_err(written)?;
        let mut done = match response.status() {
            StatusCode::PARTIAL_CONTENT => have,
            _ => 0,
        };
        let total = done + response.content_length().unwrap_or(0);
        let most = hand_over::max_bytes();
        while let Some(bytes) = response.chunk().await.map_err(interrupted)? {
            file.write_all(&bytes).map_err(written)?;
            done += bytes.len() as u64;
            if done > most {
                return Err(Ended::Refused(format!("more than {most} bytes")));
            }
            step.report(done as usize, total as usize);
        }
        file.sync_all().map_err(written)
    }
}

/// Why a download isn't whole.
enum Ended {
    /// By whom serves it.
    Refused(String),
    /// On the way.
    Interrupted(Error),
}

impl Report for Fetched {}

impl fmt::Display for Fetched {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "commitment  {}, as on chain", self.commitment)?;
        writeln!(f, "rows        {}", self.rows)?;
        writeln!(f, "written to  {}", self.output.display())
    }
}
