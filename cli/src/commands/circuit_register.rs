//! `assay circuit register`: a verifying key on a chain.

use std::fmt;
use std::path::PathBuf;

use assay_client::Message;
use assay_client::sender::Used;
use assay_protocol::id::CircuitId;
use assay_prover::circuit;
use serde::Serialize;

use crate::Error;
use crate::artefact::circuit::{CircuitFolder, key_warning};
use crate::chain::sent::Sent;
use crate::chain::{Session, SignerArgs, circuits};
use crate::output::Report;
use crate::progress::Progress;

/// Register a circuit on a chain, once it is checked.
///
/// What is registered already stays as it is.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  assay circuit register circuit")]
pub struct Args {
    /// A circuit's folder, from `assay circuit setup`, or a compiled model's with keys
    pub circuit: PathBuf,
    /// Which chain, and who signs.
    #[command(flatten)]
    pub signer: SignerArgs,
}

/// A circuit that is registered.
#[derive(Debug, Serialize)]
pub struct Registered {
    circuit: CircuitId,
    #[serde(flatten)]
    sent: Sent,
    warning: &'static str,
    #[serde(skip)]
    _used: Used,
}

/// Runs the command.
///
/// # Errors
/// [`Error::Check`] if the circuit lies; the contract's reason if it refuses.
pub fn run(args: &Args, progress: Progress) -> Result<Registered, Error> {
    let session = Session::sign(&args.signer)?;
    let contract = session.deployment()?.circuit_registry.address;
    let step = progress.step("checking the circuit");
    let CircuitFolder { registration, key } = CircuitFolder::read(&args.circuit)?;
    circuit::check(&registration, &key)?;
    drop(step);
    let _step = progress.step("registering");
    let sender = session.sender()?;
    let message = Message::execute(contract, &circuits::register(&registration), &[])?;
    let executed = session.send(&sender, &[message])?;
    Ok(Registered {
        circuit: registration.id(),
        sent: Sent::from(&executed),
        warning: key_warning(&registration.setup),
        _used: sender.into_used(),
    })
}

impl Report for Registered {
    fn warning(&self) -> Option<&str> {
        Some(self.warning)
    }
}

impl fmt::Display for Registered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "circuit  {}", self.circuit)?;
        write!(f, "{}", self.sent)
    }
}
