//! `assay dataset commit`: a CSV file's rows as integers, and their commitment.

use std::fmt;
use std::path::PathBuf;

use assay_protocol::dataset::Dataset;
use assay_protocol::id::{DatasetCommitment, Sha256Digest};
use assay_protocol::schema::Schema;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::Error;
use crate::artefact::dataset::Holding;
use crate::artefact::file::PendingFolder;
use crate::artefact::schema;
use crate::output::Report;
use crate::progress::Progress;
use crate::table::Table;

/// Commit to a CSV file's rows.
///
/// Writes a folder with dataset.json (to be registered on chain), rows.bin and salt
/// (private; hand all three to a worker, and to nobody else).
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  assay dataset commit cells.csv --label diagnosis -o cells")]
pub struct Args {
    /// A CSV file with a header
    pub file: PathBuf,
    /// The column that holds the class
    #[arg(long, value_name = "COLUMN")]
    pub label: String,
    /// The feature columns, instead of every column but the label
    #[arg(
        long,
        value_name = "NAMES",
        value_delimiter = ',',
        conflicts_with = "schema"
    )]
    pub columns: Option<Vec<String>>,
    /// Columns, bounds and classes: a schema file or another dataset's dataset.json,
    /// instead of what the rows show
    #[arg(long, value_name = "FILE")]
    pub schema: Option<PathBuf>,
    /// The rows stay hidden: nothing that is published derives from them
    #[arg(long, requires = "schema")]
    pub hidden: bool,
    /// The folder to make
    #[arg(short, long, value_name = "DIR")]
    pub output: PathBuf,
}

/// What was committed to.
#[derive(Debug, Serialize)]
pub struct Committed {
    commitment: DatasetCommitment,
    rows: u64,
    features: u64,
    classes: u64,
    output: PathBuf,
    warnings: Vec<String>,
}

/// Runs the command.
///
/// # Errors
/// [`Error`] if the file, the schema or the folder is no good.
pub fn run(args: &Args, progress: Progress) -> Result<Committed, Error> {
    let folder = PendingFolder::create(&args.output)?;
    let _step = progress.step("committing to the rows");
    let (table, bytes) = Table::read(&args.file)?;
    let (schema, data) = integers(args, &table)?;
    let warnings = table.clamped(&schema).map_err(Error::table(&args.file))?;
    let digest = Sha256Digest(Sha256::digest(&bytes).into());
    let holding = Holding::commit(data, schema, (!args.hidden).then_some(digest))?;
    holding.write(folder)?;
    let registration = holding.registration;
    Ok(Committed {
        commitment: registration.commitment,
        rows: registration.rows,
        features: registration.features,
        classes: registration.classes,
        output: args.output.clone(),
        warnings,
    })
}

fn integers(args: &Args, table: &Table) -> Result<(Schema, Dataset), Error> {
    let schema = match &args.schema {
        Some(path) => {
            let schema = schema::read(path)?;
            if schema.label.name != args.label {
                return Err(Error::Mismatch(format!(
                    "--label is {:?}, but the schema's label is {:?}: use the schema's",
                    args.label, schema.label.name
                )));
            }
            schema
        }
        None => {
            let schema = table.schema(&args.label, args.columns.as_deref());
            schema.map_err(Error::table(&args.file))?
        }
    };
    let data = table.quantise(&schema).map_err(Error::table(&args.file))?;
    Ok((schema, data))
}

impl Report for Committed {
    fn warnings(&self) -> &[String] {
        &self.warnings
    }
}

impl fmt::Display for Committed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "commitment  {}", self.commitment)?;
        writeln!(f, "rows        {}", self.rows)?;
        writeln!(f, "features    {}", self.features)?;
        writeln!(f, "classes     {}", self.classes)?;
        writeln!(
            f,
            "written to  {} (dataset.json is public; rows.bin and salt are not)",
            self.output.display()
        )
    }
}
