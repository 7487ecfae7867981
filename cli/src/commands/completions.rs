//! `assay completions` and `assay man`: what shells and man read.

use std::fmt;
use std::path::PathBuf;

use clap::CommandFactory;
use clap_complete::Shell;
use serde::Serialize;

use crate::Error;
use crate::args::Cli;
use crate::artefact::file::PendingFolder;
use crate::output::Report;

/// Print completions for a shell.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  assay completions bash")]
pub struct CompletionsArgs {
    /// The shell
    pub shell: Shell,
}

/// Write the manual's pages into a folder.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  assay man -o man1")]
pub struct ManArgs {
    /// The folder to make
    #[arg(short, long, value_name = "DIR")]
    pub output: PathBuf,
}

/// A script.
#[derive(Debug, Serialize)]
pub struct Completions {
    script: String,
}

/// Pages that were written.
#[derive(Debug, Serialize)]
pub struct Manual {
    output: PathBuf,
}

/// Makes a shell's script.
///
/// # Errors
/// None.
pub fn completions(args: &CompletionsArgs) -> Result<Completions, Error> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "assay", &mut script);
    Ok(Completions {
        script: String::from_utf8_lossy(&script).into_owned(),
    })
}

/// Writes a page for each command.
///
/// # Errors
/// [`Error::Write`].
pub fn manual(args: &ManArgs) -> Result<Manual, Error> {
    let folder = PendingFolder::create(&args.output)?;
    let written = clap_mangen::generate_to(Cli::command(), folder.path());
    written.map_err(Error::write(&args.output))?;
    folder.finish()?;
    Ok(Manual {
        output: args.output.clone(),
    })
}

impl Report for Completions {}

impl fmt::Display for Completions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.script)
    }
}

impl Report for Manual {}

impl fmt::Display for Manual {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "written to  {}", self.output.display())
    }
}
