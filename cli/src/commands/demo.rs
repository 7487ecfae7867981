//! `assay demo`: a training job on an embedded chain, and everything that must fail.

use std::env;
use std::path::PathBuf;

use crate::Error;
use crate::demo::{self, Contracts, Options, ROWS, Refusal, Report, Reporter, Silent};
use crate::output::{Output, print};
use crate::progress::{Progress, Step};

/// Run a training job on an embedded chain, then everything that must fail.
///
/// Real data (Breast Cancer Wisconsin) and real contracts; needs nothing but this program.
/// Keys are made in the first run, which takes seconds, and kept.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  assay demo")]
pub struct Args {
    /// Where keys are kept, instead of the user's cache folder
    #[arg(long, value_name = "DIR")]
    pub keys: Option<PathBuf>,
    /// Make new keys, even if there are some
    #[arg(long)]
    pub fresh: bool,
}

/// Runs the command.
///
/// # Errors
/// As [`demo::run`], and [`Error::NoCache`].
pub fn run(args: &Args, output: Output) -> Result<Report, Error> {
    let options = Options {
        keys: args.keys.clone().map_or_else(cache, Ok)?,
        fresh: args.fresh,
        rows: ROWS,
    };
    let mut narrator = Narrator(output.progress());
    let reporter: &mut dyn Reporter = match output.is_json() {
        true => &mut Silent,
        false => &mut narrator,
    };
    demo::run(&options, Contracts::native(), reporter)
}

/// `$XDG_CACHE_HOME/assay`, or `~/.cache/assay`.
fn cache() -> Result<PathBuf, Error> {
    let folder = |variable| env::var_os(variable).filter(|value| !value.is_empty());
    let cache = folder("XDG_CACHE_HOME").map(PathBuf::from);
    let cache = cache.or_else(|| folder("HOME").map(|home| PathBuf::from(home).join(".cache")));
    cache.map(|cache| cache.join("assay")).ok_or(Error::NoCache)
}

/// Tells the story on stdout.
struct Narrator(Progress);

impl Reporter for Narrator {
    fn part(&mut self, title: &str) {
        print(&format!("\n{title}"));
    }

    fn step(&mut self, text: &str) {
        print(&format!("  - {text}"));
    }

    fn refused(&mut self, refusal: &Refusal) {
        print(&format!("  x {}\n      {}", refusal.attempt, refusal.error));
    }

    fn working(&mut self, text: &str) -> Step {
        self.0.step(text)
    }
}
