//! `assay model register`: a hidden model, and where it came from.

use std::fmt;
use std::path::{Path, PathBuf};

use assay_client::Message;
use assay_client::sender::Used;
use assay_protocol::circuit::{CircuitSpec, Kind};
use assay_protocol::context::Context;
use assay_protocol::id::{DatasetId, ModelCommitment, ModelId};
use assay_protocol::messages::dataset_registry::{DatasetResponse, QueryMsg};
use assay_protocol::messages::model_store::{ExecuteMsg, Provenance as Claimed};
use assay_protocol::parameters::{BlobHash, from_bytes};
use assay_protocol::statement::Model;
use assay_prover::training::{Delivery, Provenance};
use serde::Serialize;

use crate::Error;
use crate::artefact::circuit::CircuitFolder;
use crate::artefact::compiled::CompiledModel;
use crate::artefact::dataset::Holding;
use crate::artefact::spec::training;
use crate::chain::sent::Sent;
use crate::chain::{Session, SignerArgs, circuits};
use crate::output::Report;
use crate::progress::Progress;

/// Register a hidden model, with a proof of where it came from.
///
/// Shows that the model was trained by a registered method on a registered dataset of at least
/// so many rows, and nothing else of either. Without --dataset the model is what you say it is.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  assay model register predicts --dataset cells --dataset-id 1 --circuit origin --minimum-rows 400"
)]
pub struct Args {
    /// A compiled hidden model's folder, from `assay compile`
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// The folder of the dataset that it was trained on
    #[arg(long, value_name = "DIR", requires_all = ["dataset_id", "circuit", "minimum_rows"])]
    pub dataset: Option<PathBuf>,
    /// That dataset's id on chain
    #[arg(long, value_name = "N", requires = "dataset")]
    pub dataset_id: Option<u64>,
    /// The folder of the circuit that proves it, from `assay circuit spec --hidden` and `setup`
    #[arg(long, value_name = "DIR", requires = "dataset")]
    pub circuit: Option<PathBuf>,
    /// The dataset is shown to have at least so many rows
    #[arg(long, value_name = "N", requires = "dataset")]
    pub minimum_rows: Option<u32>,
    /// Which chain, and who signs.
    #[command(flatten)]
    pub signer: SignerArgs,
}

/// A model that was registered.
#[derive(Debug, Serialize)]
pub struct Registered {
    model: ModelId,
    commitment: ModelCommitment,
    origin_proved: bool,
    #[serde(flatten)]
    sent: Sent,
    #[serde(skip)]
    _used: Used,
}

/// Runs the command.
///
/// # Errors
/// [`Error`] if the files don't belong together; the contract's reason if it refuses.
pub fn run(args: &Args, progress: Progress) -> Result<Registered, Error> {
    let session = Session::sign(&args.signer)?;
    let contract = session.deployment()?.model_store.address;
    let model = CompiledModel::read(&args.folder)?;
    let Model::Hidden(commitment) = model.model()? else {
        return Err(Error::Mismatch(
            "the model's parameters are public: upload them with `assay model upload`".into(),
        ));
    };
    let provenance = match (&args.dataset, &args.circuit) {
        (Some(dataset), Some(circuit)) => {
            let _step = progress.step("proving where the model came from");
            Some(args.prove(&session, &model, dataset, circuit)?)
        }
        _ => None,
    };
    let _step = progress.step("registering");
    let message = ExecuteMsg::RegisterModel {
        commitment,
        schema: model.schema.to_canonical(),
        provenance: provenance.clone(),
    };
    let sender = session.sender()?;
    let shown = provenance.as_ref();
    let shown = shown.map(|p| (p.dataset, p.circuit, p.minimum_rows));
    let name = format!("register model {commitment} {shown:?}");
    let message = Message::execute(&contract, &message, &[])?;
    let executed = session.send_as(&sender, &contract, &name, &[message])?;
    Ok(Registered {
        model: ModelId(executed.parsed(&contract, "wasm-assay-register-model", "model_id")?),
        commitment,
        origin_proved: provenance.is_some(),
        sent: Sent::from(&executed),
        _used: sender.into_used(),
    })
}

impl Args {
    fn prove(
        &self,
        session: &Session,
        model: &CompiledModel,
        dataset: &Path,
        circuit: &Path,
    ) -> Result<Claimed, Error> {
        let deployment = session.deployment()?;
        let id = DatasetId(self.dataset_id.unwrap_or_default());
        let registered: DatasetResponse =
            session.ask(&deployment.dataset_registry, &QueryMsg::Dataset { id })?;
        let holding = Holding::read(dataset)?;
        holding.check_against(&registered.commitment)?;
        let circuit = CircuitFolder::read(circuit)?;
        circuits::expect(session, circuit.registration.id(), &circuit)?;
        let method = training(&CircuitSpec::from_canonical(&circuit.registration.spec)?)?;
        let context = Context {
            kind: Kind::TrainingHidden,
            chain_id: session.chain_id(),
            contract: &deployment.model_store.address,
            subject: 0,
            slot: 0,
            payee: session.address()?,
            circuit: circuit.registration.id(),
        };
        let salt = model.salt.as_ref();
        let salt = salt.ok_or_else(|| Error::Mismatch("the model has no salt".into()))?;
        let trained = from_bytes(&model.parameters)?;
        let provenance = Provenance {
            training: Delivery {
                spec: &method,
                data: &holding.data,
                schema_digest: holding.schema_digest()?,
                salt: holding.salt.scalar(),
                parameters: &trained,
                hash: BlobHash::Poseidon,
                context: context.to_scalar(),
            },
            minimum_rows: self.minimum_rows.unwrap_or(1),
            model_salt: salt.scalar(),
        };
        let (statement, proof) = provenance.prove(&circuit.key)?;
        Ok(Claimed {
            dataset: id,
            circuit: circuit.registration.id(),
            minimum_rows: statement.minimum_rows,
            proof: proof.to_bytes().into(),
        })
    }
}

impl Report for Registered {}

impl fmt::Display for Registered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let origin = match self.origin_proved {
            true => "proved",
            false => "not shown",
        };
        writeln!(f, "model       {}", self.model)?;
        writeln!(f, "commitment  {}", self.commitment)?;
        writeln!(f, "origin      {origin}")?;
        write!(f, "{}", self.sent)
    }
}
