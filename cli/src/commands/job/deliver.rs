//! `assay job deliver`: proof, upload and payment.

use std::fmt;
use std::path::{Path, PathBuf};

use assay_client::sender::Used;
use assay_client::{Message, Sender};
use assay_groth16::Proof;
use assay_protocol::circuit::CircuitSpec;
use assay_protocol::id::BlobId;
use assay_protocol::messages::jobs::{ExecuteMsg, Slot, SlotState, Terms};
use assay_protocol::parameters::{CHUNK_BYTES, to_bytes};
use cosmwasm_std::Binary;
use serde::Serialize;

use super::slot::{SlotArgs, load, reserve, state_name};
use crate::artefact::circuit::{CircuitFolder, key_warning};
use crate::artefact::dataset::Holding;
use crate::artefact::model::Model;
use crate::artefact::proof::{Assignment, ProofFile, Subject};
use crate::artefact::spec::public_training;
use crate::chain::sent::Sent;
use crate::chain::upload::Upload;
use crate::chain::{Session, SignerArgs, circuits, upload};
use crate::output::Report;
use crate::progress::Progress;
use crate::{Error, artefact, proving};

/// Prove a trained model, upload it and be paid.
///
/// The proof is verified here before anything is uploaded. The last chunk goes into the
/// transaction that delivers, so that nobody has the whole model before it is paid. After an
/// interruption the same command goes on where it was.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  assay job deliver 7 --dataset cells --model model.json --circuit circuit"
)]
pub struct Args {
    /// Which slot.
    #[command(flatten)]
    pub slot: SlotArgs,
    /// The dataset's folder
    #[arg(long, value_name = "DIR")]
    pub dataset: PathBuf,
    /// The model, from `assay train`
    #[arg(long, value_name = "MODEL")]
    pub model: PathBuf,
    /// The circuit's folder, with its proving key
    #[arg(long, value_name = "DIR")]
    pub circuit: PathBuf,
    /// Where the proof is kept, instead of beside the model
    #[arg(long, value_name = "PROOF")]
    pub proof: Option<PathBuf>,
    /// Upload transactions on their way at once
    #[arg(long, value_name = "N", default_value_t = 4)]
    pub streams: usize,
    /// Which chain, and who signs.
    #[command(flatten)]
    pub signer: SignerArgs,
}

/// A delivery that was paid.
#[derive(Debug, Serialize)]
pub struct Delivered {
    job: u64,
    slot: u32,
    blob: BlobId,
    paid: String,
    proof: PathBuf,
    #[serde(flatten)]
    sent: Option<Sent>,
    total_gas_used: u64,
    warning: &'static str,
    #[serde(skip)]
    _used: Used,
}

/// Runs the command.
///
/// # Errors
/// [`Error`] with what doesn't match, or with the contract's reason.
pub fn run(args: &Args, progress: Progress) -> Result<Delivered, Error> {
    let session = Session::sign(&args.signer)?;
    let step = progress.step("checking data, model and circuit");
    let (job, slot) = load(&session, args.slot)?;
    let paid = paid(&job.terms, &slot);
    let paid_before = expect_started(&session, &slot.state)?;
    let holding = Holding::read(&args.dataset)?;
    holding.check_against(&job.terms.commitment)?;
    let circuit = CircuitFolder::read(&args.circuit)?;
    circuits::expect(&session, job.terms.circuit, &circuit)?;
    let model: Model = artefact::read(&args.model)?;
    drop(step);
    let path = args.proof_path(&session);
    let sender = session.sender()?;
    if let Some(blob) = paid_before {
        let jobs = session.deployment()?.jobs.address;
        session.forget(&sender, &jobs, &args.intent())?;
        return Ok(args.delivered(blob, paid, path, None, &circuit, sender));
    }
    let proof = args.prove(&session, &holding, &model, &circuit, &path, progress)?;
    let bytes = to_bytes(&model.parameters)?;
    let upload = Upload {
        session: &session,
        sender: &sender,
        bytes: &bytes,
        hash: circuit.registration.kind.blob_hash(),
        holder: job.terms.requester.clone(),
        streams: args.streams,
    };
    let (blob, sent) = args.deliver(
        &session,
        &sender,
        &upload,
        &proof,
        reserve(&job.terms),
        progress,
    )?;
    Ok(args.delivered(blob, paid, path, Some(sent), &circuit, sender))
}

impl Args {
    fn delivered(
        &self,
        blob: BlobId,
        paid: String,
        proof: PathBuf,
        sent: Option<Sent>,
        circuit: &CircuitFolder,
        sender: Sender<'_>,
    ) -> Delivered {
        Delivered {
            job: self.slot.job,
            slot: self.slot.slot,
            blob,
            paid,
            proof,
            sent,
            total_gas_used: sender.gas_used(),
            warning: key_warning(&circuit.registration.setup),
            _used: sender.into_used(),
        }
    }

    /// A proof of this model for this slot: an earlier run's, or a new one, verified.
    fn prove(
        &self,
        session: &Session,
        holding: &Holding,
        model: &Model,
        circuit: &CircuitFolder,
        path: &Path,
        progress: Progress,
    ) -> Result<ProofFile, Error> {
        let assignment = Assignment {
            chain_id: session.chain_id().into(),
            contract: session.deployment()?.jobs.address,
            subject: Subject::Job(self.slot.id().job),
            slot: self.slot.slot,
            payee: session.address()?.into(),
        };
        let step = progress.step("proving");
        if path.exists() {
            let proof: ProofFile = artefact::read(path)?;
            expect_same(path, &proof, &assignment, model, circuit)?;
            proving::verify(&circuit.registration, &proof)?;
            return Ok(proof);
        }
        let spec = public_training(&CircuitSpec::from_canonical(&circuit.registration.spec)?)?;
        let proof = proving::prove(
            assignment,
            &spec,
            holding,
            &model.parameters,
            circuit,
            &step,
        )?;
        proving::verify(&circuit.registration, &proof)?;
        artefact::write(path, &proof)?;
        Ok(proof)
    }

    /// Uploads and delivers.
    fn deliver(
        &self,
        session: &Session,
        sender: &Sender<'_>,
        upload: &Upload<'_>,
        proof: &ProofFile,
        reserve: u64,
        progress: Progress,
    ) -> Result<(BlobId, Sent), Error> {
        let step = progress.step("uploading the parameters");
        let (blob, mut messages) = match upload.existing()? {
            Some(blob) if upload.is_pinned(blob)? => (blob, Vec::new()),
            Some(blob) => (blob, vec![upload.pin(blob)?]),
            None => {
                let blob = upload.begin()?;
                upload.put_missing(blob, true, &step)?;
                (blob, upload.close(blob)?)
            }
        };
        drop(step);
        let _step = progress.step("delivering");
        let points = Proof::from_bytes(&proof.proof).map_err(Error::Proof)?;
        if let Some(point) = upload::point(proof.kind(), &proof.elements(), &points)
            && upload.bytes.len() > CHUNK_BYTES
        {
            upload::evaluate(session, sender, blob, point)?;
            let at = messages.len().saturating_sub(1);
            messages.insert(at, upload::evaluation(session, blob, point)?);
        }
        let delivery = self.delivery(session, blob, proof)?;
        messages.push(delivery.with_reserve(reserve));
        let jobs = session.deployment()?.jobs.address;
        let executed = session.send_as(sender, &jobs, &self.intent(), &messages)?;
        Ok((blob, Sent::from(&executed)))
    }

    fn intent(&self) -> String {
        format!("deliver {}", self.slot.id())
    }

    fn delivery(
        &self,
        session: &Session,
        blob: BlobId,
        proof: &ProofFile,
    ) -> Result<Message, Error> {
        let id = self.slot.id();
        let message = ExecuteMsg::Deliver {
            job: id.job,
            slot: id.slot,
            blob,
            proof: Binary::from(proof.proof.as_slice()),
        };
        let contract = session.deployment()?.jobs.address;
        Ok(Message::execute(contract, &message, &[])?)
    }

    /// `model.job-7-0.proof.json` beside the model, unless another place is named.
    fn proof_path(&self, session: &Session) -> PathBuf {
        let name = format!(
            "{}.{}-job-{}-{}.proof.json",
            self.model.file_stem().unwrap_or_default().to_string_lossy(),
            session.chain_id(),
            self.slot.job,
            self.slot.slot
        );
        self.proof
            .clone()
            .unwrap_or_else(|| self.model.with_file_name(name))
    }
}

/// Checks that an earlier run's proof is for the same.
fn expect_same(
    path: &Path,
    proof: &ProofFile,
    assignment: &Assignment,
    model: &Model,
    circuit: &CircuitFolder,
) -> Result<(), Error> {
    use assay_protocol::parameters::PublicParameters;
    use assay_verifier::Claim;
    let hash = circuit.registration.kind.blob_hash();
    let named = PublicParameters::of(&to_bytes(&model.parameters)?, hash);
    let is_of_model = matches!(&proof.claim, Claim::TrainingPublic { parameters, .. } if parameters.named() == named);
    match is_of_model && proof.assignment == *assignment {
        true => Ok(()),
        false => Err(Error::Mismatch(format!(
            "{} is a proof of something else: name another file with --proof, or delete it",
            path.display()
        ))),
    }
}

/// Checks that the slot is this worker's, and returns the blob if it has been paid already: by
/// an earlier run that was interrupted.
fn expect_started(session: &Session, state: &SlotState) -> Result<Option<BlobId>, Error> {
    let me = session.address()?;
    match state {
        SlotState::Started { worker, .. } if worker == me => Ok(None),
        SlotState::Paid { worker, blob, .. } if worker == me => Ok(Some(*blob)),
        _ => Err(Error::Refused(format!(
            "the slot is {}, and not started by {me}: see `assay job show`",
            state_name(state)
        ))),
    }
}

/// What is paid, and to whom.
fn paid(terms: &Terms, slot: &Slot) -> String {
    let royalty = match terms.royalty_bps {
        0 => String::new(),
        bps => format!(" less {} % royalty", f64::from(bps) / 100.0),
    };
    let to = match &slot.state {
        SlotState::Started { payee, .. } => format!(", to {payee}"),
        _ => String::new(),
    };
    format!("{}{royalty} and the bond {}{to}", slot.reward, terms.bond)
}

impl Report for Delivered {
    fn warning(&self) -> Option<&str> {
        Some(self.warning)
    }
}

impl fmt::Display for Delivered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "paid       {}", self.paid)?;
        writeln!(f, "job        {}, slot {}", self.job, self.slot)?;
        writeln!(f, "blob       {}", self.blob)?;
        writeln!(f, "proof      {}", self.proof.display())?;
        match &self.sent {
            Some(sent) => write!(f, "{sent}"),
            None => writeln!(f, "delivered by an earlier run"),
        }
    }
}
